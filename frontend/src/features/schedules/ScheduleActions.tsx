import { useMutation, useQuery, useQueryClient } from '@tanstack/preact-query';
import { ConfirmButton } from '../../components/ConfirmButton';
import type { Schedule } from '../../lib/api';
import { RequestError } from '../../lib/http';
import { sessionQuery } from '../../lib/queries';
import { maySubmit } from '../../lib/runs';
import { deleteSchedule, fireNow, maySchedule, replaceSchedule, requestOf } from './schedules';

/** What can be done with a schedule; what went wrong is said beside it. */
export function ScheduleActions({ schedule }: { schedule: Schedule }) {
  const client = useQueryClient();
  const { data: session } = useQuery(sessionQuery);
  const onSettled = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['schedules'] }),
      client.invalidateQueries({ queryKey: ['firings', schedule.id] }),
      client.invalidateQueries({ queryKey: ['runs'] }),
    ]);
  const { paused, name } = schedule;
  const pause = useMutation({
    mutationFn: () => replaceSchedule(schedule, requestOf(schedule, { paused: !paused })),
    onSettled,
  });
  const fire = useMutation({ mutationFn: () => fireNow(schedule.id), onSettled });
  const remove = useMutation({ mutationFn: () => deleteSchedule(schedule), onSettled });
  const error = pause.error ?? fire.error ?? remove.error;
  if (!maySubmit(session)) return <span class="quiet">sign in to change it</span>;
  return (
    <span class="what">
      <span class="row tight">
        <button
          type="button"
          class="button"
          disabled={fire.isPending}
          onClick={() => fire.mutate()}
        >
          Run now<span class="hidden">: {name}</span>
        </button>
        {maySchedule(session) && (
          <>
            <button
              type="button"
              class="button"
              disabled={pause.isPending}
              onClick={() => pause.mutate()}
            >
              {paused ? 'Resume' : 'Pause'}
              <span class="hidden">: {name}</span>
            </button>
            <a class="button" href={`/schedules?schedule=${schedule.id}&form=edit`}>
              Change<span class="hidden">: {name}</span>
            </a>
            <ConfirmButton
              label="Delete"
              about={name}
              pending={remove.isPending}
              onConfirm={() => remove.mutate()}
            />
          </>
        )}
      </span>
      {error && (
        <span class="fault" role="alert">
          {error instanceof RequestError
            ? (error.problem.detail ?? error.problem.title)
            : error.message}
        </span>
      )}
    </span>
  );
}
