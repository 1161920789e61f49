import { useQueries } from '@tanstack/preact-query';
import { CopyLink } from '../../components/controls';
import { Loaded } from '../../components/Loaded';
import { Page } from '../../components/Page';
import { Firings } from '../../features/schedules/Firings';
import { Nightly } from '../../features/schedules/Nightly';
import { ScheduleForm } from '../../features/schedules/ScheduleForm';
import { NIGHTLY, schedulesQuery } from '../../features/schedules/schedules';
import { ScheduleTable } from '../../features/schedules/ScheduleTable';
import { claimsLast } from '../../features/suites/suites';
import { profilesQuery, suitesQuery } from '../../lib/queries';
import { oneOf, text, useUrlState } from '../../lib/url';
import '../../styles/hosts.css';
import '../../styles/schedules.css';
import '../../styles/submit.css';

const STATE = {
  /** Id of the schedule that is looked at. */
  schedule: text(),
  form: oneOf(['none', 'new', 'edit'], 'none'),
  /** Suite that a new schedule begins with. */
  suite: text(NIGHTLY),
};

/** What is repeated by itself, and what became of it. */
export default function SchedulesPage() {
  const [state] = useUrlState(STATE);
  const [schedules, suites, profiles] = useQueries({
    queries: [schedulesQuery, suitesQuery, profilesQuery],
  });
  const picked = schedules.data?.find(({ id }) => id === state.schedule);
  return (
    <Page
      title="Schedules"
      lead="What is measured again and again, and did it come?"
      actions={
        <span class="row">
          <a class="button" href="/schedules?form=new">
            New schedule
          </a>
          <CopyLink />
        </span>
      }
    >
      <Loaded query={schedules} height={240}>
        {(all) => (
          <>
            <Nightly schedules={all} />
            <ScheduleTable schedules={all} />
            {picked && state.form === 'none' && <Firings schedule={picked} />}
            {state.schedule !== '' && !picked && (
              <p class="card">This schedule was deleted; its runs are still in the list of runs.</p>
            )}
          </>
        )}
      </Loaded>
      {(state.form === 'new' || (state.form === 'edit' && picked)) && (
        <Loaded query={suites} height={400}>
          {(all) => (
            <ScheduleForm
              key={`${state.form} ${state.schedule} ${state.suite}`}
              suites={claimsLast(all)}
              profiles={profiles.data ?? []}
              schedule={state.form === 'edit' ? picked : undefined}
              suite={state.suite}
            />
          )}
        </Loaded>
      )}
    </Page>
  );
}
