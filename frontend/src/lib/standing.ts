import type { Host } from './api';

/** What a host's state means to whoever waits for it. */
const STATES: Record<string, string> = {
  active: 'active',
  draining: 'draining',
  quarantined: 'quarantined',
  needs_review: 'needs review',
};

export interface Standing {
  mark: string;
  words: string;
  /** Whether somebody must do something before it measures again. */
  stuck: boolean;
}

/** Whether a host measures, by mark and word. */
export function standingOf({ state, online }: Pick<Host, 'state' | 'online'>): Standing {
  const words = STATES[state] ?? state;
  if (state === 'quarantined' || state === 'needs_review') {
    return { mark: '!', words: online ? words : `${words}, offline`, stuck: true };
  }
  if (!online)
    return { mark: '○', words: state === 'active' ? 'offline' : `${words}, offline`, stuck: false };
  return state === 'active'
    ? { mark: '●', words: 'online', stuck: false }
    : { mark: '–', words, stuck: false };
}
