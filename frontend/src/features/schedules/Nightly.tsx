import { useMutation, useQuery, useQueryClient } from '@tanstack/preact-query';
import { CopyButton } from '../../components/controls';
import { ProblemBox } from '../../components/ProblemBox';
import { SignInHint } from '../../components/SignInHint';
import type { Schedule } from '../../lib/api';
import { sessionQuery } from '../../lib/queries';
import { EVERY_NIGHT, makeSchedule, maySchedule, NIGHTLY, ownZone } from './schedules';

/** The way to figures of every night by one click; nothing once it is switched on. */
export function Nightly({ schedules }: { schedules: readonly Schedule[] }) {
  const client = useQueryClient();
  const { data: session } = useQuery(sessionQuery);
  const request = { suite: NIGHTLY, cron: EVERY_NIGHT, zone: ownZone() };
  const start = useMutation({
    mutationFn: () => makeSchedule(request),
    onSuccess: () => client.invalidateQueries({ queryKey: ['schedules'] }),
  });
  if (schedules.some(({ suite }) => suite === NIGHTLY)) return null;
  const curl = () =>
    `curl -sS ${location.origin}/api/v1/schedules -H "Authorization: Bearer $(cat \${LANES_HOME:-~/.lanes}/token)" -H 'Content-Type: application/json' -d '${JSON.stringify(request)}'`;
  return (
    <section class="card">
      <h2>Every night</h2>
      <p class="subtitle">
        a small cross-section at 02:00 ({request.zone}), within an hour on each hardware profile
      </p>
      {start.error && <ProblemBox error={start.error} />}
      <p class="row nightly">
        {maySchedule(session) && (
          <button
            type="button"
            class="button primary"
            disabled={start.isPending}
            onClick={() => start.mutate()}
          >
            Run the nightly suite every night
          </button>
        )}
        <CopyButton label="Copy as curl" text={curl} />
      </p>
      {session && !maySchedule(session) && <SignInHint to="switch it on from here" />}
    </section>
  );
}
