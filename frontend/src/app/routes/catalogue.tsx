import { useQuery } from '@tanstack/preact-query';
import { CopyLink } from '../../components/controls';
import { Loaded } from '../../components/Loaded';
import { Page } from '../../components/Page';
import { Models } from '../../features/catalogue/Models';
import { SupportTable } from '../../features/catalogue/SupportTable';
import { Workloads } from '../../features/catalogue/Workloads';
import { interpretersQuery, modelsQuery, supportQuery, workloadsQuery } from '../../lib/queries';
import '../../styles/catalogue.css';

/** What can be measured, in which ways, and on which interpreters that works. */
export default function CataloguePage() {
  const workloads = useQuery(workloadsQuery);
  const models = useQuery(modelsQuery);
  const interpreters = useQuery(interpretersQuery);
  const support = useQuery(supportQuery);
  return (
    <Page
      title="Catalogue"
      lead="Workloads, execution models, and which interpreter runs which."
      actions={<CopyLink />}
    >
      <Loaded query={models} height={480}>
        {(allModels) => (
          <>
            <Loaded query={interpreters} height={480}>
              {(found) => (
                <Loaded query={support} height={480}>
                  {(known) => (
                    <SupportTable models={allModels} interpreters={found} support={known} />
                  )}
                </Loaded>
              )}
            </Loaded>
            <Models models={allModels} />
          </>
        )}
      </Loaded>
      <Loaded query={workloads} height={480}>
        {(all) => <Workloads workloads={all} />}
      </Loaded>
    </Page>
  );
}
