import { useQueries } from '@tanstack/preact-query';
import { Skeleton } from '../../components/Loaded';
import { Page } from '../../components/Page';
import { ProblemBox } from '../../components/ProblemBox';
import { SubmitForm } from '../../features/submit/SubmitForm';
import { Suites } from '../../features/suites/Suites';
import { byValue } from '../../lib/axes';
import { interpretersQuery, measuresQuery, modelsQuery, workloadsQuery } from '../../lib/queries';
import '../../styles/catalogue.css';
import '../../styles/submit.css';

/** Puts a run together from what the hosts have. */
export default function Submit() {
  const [workloads, models, interpreters, measures] = useQueries({
    queries: [workloadsQuery, modelsQuery, interpretersQuery, measuresQuery],
  });
  const error = workloads.error ?? models.error ?? interpreters.error ?? measures.error;
  const retry = () => {
    void workloads.refetch();
    void models.refetch();
    void interpreters.refetch();
    void measures.refetch();
  };
  const ready = workloads.data && models.data && interpreters.data && measures.data;
  return (
    <Page title="New run" lead="Pick what is measured; the preview counts the cells.">
      <Suites />
      {error && <ProblemBox error={error} retry={retry} />}
      {ready && (
        <SubmitForm
          workloads={workloads.data}
          models={models.data}
          measures={measures.data}
          lines={[
            ...new Set(interpreters.data.filter(({ usable }) => usable).map(({ line }) => line)),
          ].sort(byValue)}
        />
      )}
      {!ready && !error && <Skeleton height={640} />}
    </Page>
  );
}
