import type { Claim, Finding, Judgement } from '../../lib/api';

export const aFinding = (change: Partial<Finding> = {}): Finding => ({
  condition: 0,
  verdict: 'confirmed',
  ratio: 1.2,
  ci_low: 1.1,
  ci_high: 1.31,
  contender: 'c1',
  baseline: 'b1',
  paired: true,
  rounds: 12,
  quality: 'stable',
  reason: null,
  warnings: [],
  ...change,
});

export const aJudgement = (change: Partial<Judgement> = {}): Judgement => ({
  host: 'w1',
  interpreter: 'cpython-3.14',
  build: 'cpython-3.14.3-0badcafe',
  verdict: 'confirmed',
  missing: [],
  run: 'r1',
  measured_at: '2026-11-26T12:00:00Z',
  findings: [aFinding()],
  ...change,
});

export const aClaim = (change: Partial<Claim> = {}): Claim => ({
  id: 'C14',
  statement: 'At 200 digits both take roughly the same time.',
  kind: 'checkable',
  reason: null,
  source: {
    speaker: 'Anthony Shaw',
    title: 'an article',
    url: 'https://example.org/',
    published: '2024-08',
    quote: 'roughly the same',
  },
  needs: { cores: 1, interpreters: ['cpython-3.14'], models: ['threads'], packages: [] },
  suite: 'claim-C14',
  owner: null,
  verdicts: [aJudgement()],
  ...change,
});
