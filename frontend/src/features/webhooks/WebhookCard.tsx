import { useMutation, useQuery, useQueryClient } from '@tanstack/preact-query';
import { ConfirmButton } from '../../components/ConfirmButton';
import { DataTable } from '../../components/DataTable';
import { Loaded } from '../../components/Loaded';
import { ProblemBox } from '../../components/ProblemBox';
import type { Delivery, Webhook } from '../../lib/api';
import { dateTime } from '../../lib/format';
import {
  changeWebhook,
  deleteWebhook,
  deliveriesQuery,
  deliveryWords,
  eventWords,
  pingWebhook,
  redeliver,
} from './webhooks';

/** One webhook with what can be done with it, and its log where that is asked for. */
export function WebhookCard({ webhook, open }: { webhook: Webhook; open: boolean }) {
  const client = useQueryClient();
  const { id, url, events, paused, owner } = webhook;
  const onSettled = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['webhooks'] }),
      client.invalidateQueries({ queryKey: ['deliveries', id] }),
    ]);
  const pause = useMutation({
    mutationFn: () => changeWebhook(webhook, { paused: !paused }),
    onSettled,
  });
  const ping = useMutation({ mutationFn: () => pingWebhook(id), onSettled });
  const remove = useMutation({ mutationFn: () => deleteWebhook(webhook), onSettled });
  const error = pause.error ?? ping.error ?? remove.error;
  return (
    <section class="card stack" aria-label={url}>
      <h2>{url}</h2>
      <p class="subtitle">
        told when {events.map(eventWords).join(', ')} · by {owner} {paused && '· paused'}
      </p>
      <p class="row">
        <button type="button" class="button" onClick={() => ping.mutate()}>
          Try it<span class="hidden">: {url}</span>
        </button>
        <button type="button" class="button" onClick={() => pause.mutate()}>
          {paused ? 'Resume' : 'Pause'}
          <span class="hidden">: {url}</span>
        </button>
        <a class="button" href={open ? '/webhooks' : `/webhooks?show=${id}`}>
          {open ? 'Close the log' : 'Log'}
          <span class="hidden">: {url}</span>
        </a>
        <ConfirmButton
          label="Delete"
          about={url}
          pending={remove.isPending}
          onConfirm={() => remove.mutate()}
        />
      </p>
      {error && <ProblemBox error={error} />}
      {open && <Log id={id} />}
    </section>
  );
}

function Log({ id }: { id: string }) {
  const query = useQuery(deliveriesQuery(id));
  return (
    <Loaded query={query} height={120}>
      {(deliveries) => <Deliveries id={id} deliveries={deliveries} />}
    </Loaded>
  );
}

/** What the webhook was told, the newest first. */
export function Deliveries({ id, deliveries }: { id: string; deliveries: readonly Delivery[] }) {
  const client = useQueryClient();
  const again = useMutation({
    mutationFn: (delivery: string) => redeliver(id, delivery),
    onSettled: () => client.invalidateQueries({ queryKey: ['deliveries', id] }),
  });
  if (deliveries.length === 0) return <p>It has been told nothing yet. Try it.</p>;
  return (
    <DataTable
      label="Deliveries"
      columns={[
        { title: 'Event' },
        { title: 'Happened' },
        { title: 'What became of it' },
        { title: '' },
      ]}
      rows={deliveries.map((delivery) => [
        delivery.type,
        dateTime(delivery.created_at),
        deliveryWords(delivery),
        delivery.state !== 'waiting' && (
          <button
            key="again"
            type="button"
            class="button"
            onClick={() => again.mutate(delivery.id)}
          >
            Send again<span class="hidden">: {delivery.type}</span>
          </button>
        ),
      ])}
    />
  );
}
