import type { HostEvent } from '../../lib/api';
import { dateTime } from '../../lib/format';
import { changesOf, nameOf, valueOf, wordsOf, type Change } from './hosts';

/** What happened to a host, the newest first; a changed environment with what differs. */
export function HostEvents({ events }: { events: readonly HostEvent[] }) {
  return (
    <section class="card" aria-labelledby="events">
      <h2 id="events">Events</h2>
      <p class="subtitle">the last 50, the newest first</p>
      {events.length === 0 ? (
        <p>Nothing has happened since events are kept.</p>
      ) : (
        <ol class="events">
          {events.map((event, index) => (
            <li key={index}>
              <p>
                <time class="quiet" dateTime={event.at}>
                  {dateTime(event.at)}
                </time>{' '}
                <b>{wordsOf(event)}</b>
                <span class="quiet"> by {event.actor ?? 'the server'}</span>
              </p>
              <Why event={event} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Why({ event }: { event: HostEvent }) {
  const changes = changesOf(event);
  if (changes.length > 0) return <Diff changes={changes} />;
  return event.reason === null ? null : <p>{event.reason}</p>;
}

function Diff({ changes }: { changes: readonly Change[] }) {
  return (
    <dl class="diff">
      {changes.map(({ key, before, after }) => (
        <div key={key}>
          <dt>{nameOf(key)}</dt>
          <dd>
            <del>{valueOf(key, before)}</del> <span aria-hidden="true">→</span>{' '}
            <ins>{valueOf(key, after)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
