import { queryOptions } from '@tanstack/preact-query';
import type { Delivery, Session, Webhook, WebhookRequest } from '../../lib/api';
import { body, http } from '../../lib/http';
import { text } from '../../lib/url';

/** The state of the page, as it stands in its address. */
export const CODECS = { show: text() };

export const EVENTS = ['run.ended', 'host.quarantined'];

const WHAT: Record<string, string> = {
  'run.ended': 'a run has ended',
  'host.quarantined': 'a host was quarantined',
  ping: 'a try',
};

export const eventWords = (event: string) => WHAT[event] ?? event;

export const mayAdminister = (session: Session | undefined) => session?.role === 'admin';

export const webhooksQuery = (enabled: boolean) =>
  queryOptions({
    queryKey: ['webhooks'],
    queryFn: async () => (await body(http.GET('/api/v1/webhooks'))).items,
    enabled,
  });

export const deliveriesQuery = (id: string) =>
  queryOptions({
    queryKey: ['deliveries', id],
    queryFn: async () =>
      (await body(http.GET('/api/v1/webhooks/{id}/deliveries', { params: { path: { id } } })))
        .items,
    refetchInterval: 5_000,
  });

export const makeWebhook = (request: WebhookRequest) =>
  body(http.POST('/api/v1/webhooks', { body: request }));

export const changeWebhook = (webhook: Webhook, patch: Partial<WebhookRequest>) =>
  body(
    http.PUT('/api/v1/webhooks/{id}', {
      params: { path: { id: webhook.id }, header: { 'If-Match': webhook.version } },
      body: { url: webhook.url, events: webhook.events, paused: webhook.paused, ...patch },
    }),
  );

export const deleteWebhook = (webhook: Webhook) =>
  body(
    http.DELETE('/api/v1/webhooks/{id}', {
      params: { path: { id: webhook.id }, header: { 'If-Match': webhook.version } },
    }),
  );

export const pingWebhook = (id: string) =>
  body(http.POST('/api/v1/webhooks/{id}/pings', { params: { path: { id } } }));

export const redeliver = (id: string, delivery: string) =>
  body(
    http.POST('/api/v1/webhooks/{id}/deliveries/{delivery}/redeliveries', {
      params: { path: { id, delivery } },
    }),
  );

/** What became of a delivery, in words. */
export function deliveryWords({ state, tries, status, failure }: Delivery): string {
  const times = tries === 1 ? '1 try' : `${tries} tries`;
  if (state === 'delivered') return `delivered after ${times} (${status})`;
  const why = failure === null ? '' : `: ${failure}`;
  if (state === 'given_up') return `given up after ${times}${why}`;
  return tries === 0 ? 'waiting' : `tried again after ${times}${why}`;
}
