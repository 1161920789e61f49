import { useQuery } from '@tanstack/preact-query';
import { CopyLink } from '../../components/controls';
import { Loaded } from '../../components/Loaded';
import { Page } from '../../components/Page';
import { HostEvents } from '../../features/hosts/HostEvents';
import { HostFacts } from '../../features/hosts/HostFacts';
import { HostInterpreters } from '../../features/hosts/HostInterpreters';
import { counted } from '../../lib/format';
import { hostQuery } from '../../lib/queries';
import '../../styles/hosts.css';

/** One host: what it is, and what happened to it. */
export default function HostPage({ name }: { name: string }) {
  const query = useQuery(hostQuery(name));
  const host = query.data?.host;
  return (
    <Page
      title={name}
      lead={
        <>
          A <a href="/hosts">host</a>
          {host && ` with ${counted(host.cores, 'core')}, ${host.cpu ?? host.architecture}`}
        </>
      }
      actions={<CopyLink />}
    >
      <Loaded query={query} height={640}>
        {(detail) => (
          <>
            <HostFacts detail={detail} />
            <HostEvents events={detail.events} />
            <HostInterpreters interpreters={detail.interpreters} />
          </>
        )}
      </Loaded>
    </Page>
  );
}
