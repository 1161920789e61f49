import { useQuery } from '@tanstack/preact-query';
import { RequestError } from '../../lib/http';
import { useSettled } from '../../lib/hooks';
import { DueTimes } from './DueTimes';
import { schedulePreviewQuery } from './schedules';

/** What is typed as cron, in plain words, and the next five times that it means. */
export function CronPreview({ cron, zone }: { cron: string; zone: string }) {
  const [askedCron, askedZone] = useSettled(`${cron}\n${zone}`, 300).split('\n');
  const { data, error } = useQuery(schedulePreviewQuery(askedCron ?? '', askedZone ?? ''));
  if (cron.trim() === '') return <p class="quiet">Not due by itself.</p>;
  if (error) {
    const faults = error instanceof RequestError ? (error.problem.errors ?? []) : [];
    return (
      <div aria-live="polite">
        {faults.length === 0 && <p class="fault">{error.message}</p>}
        {faults.map(({ pointer, detail }) => (
          <p key={pointer} class="fault">
            {pointer.slice(1)} {detail}
          </p>
        ))}
      </div>
    );
  }
  if (!data) return null;
  return (
    <div aria-live="polite">
      <p>
        <b>{data.words}</b>, as the clock shows it in {askedZone}
      </p>
      <DueTimes times={data.next_firings} zone={askedZone ?? ''} />
    </div>
  );
}
