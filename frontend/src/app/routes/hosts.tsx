import { useQuery } from '@tanstack/preact-query';
import { CopyLink } from '../../components/controls';
import { Loaded } from '../../components/Loaded';
import { Page } from '../../components/Page';
import { HostTable } from '../../features/hosts/HostTable';
import { ProfileTable } from '../../features/hosts/ProfileTable';
import { hostsQuery, profilesQuery } from '../../lib/queries';
import '../../styles/hosts.css';

/** Which machines measure, and what a run can ask of them. */
export default function HostsPage() {
  const hosts = useQuery(hostsQuery);
  const profiles = useQuery(profilesQuery);
  return (
    <Page
      title="Hosts"
      lead="Which machines measure, and what can a run ask of them?"
      actions={<CopyLink />}
    >
      <Loaded query={hosts} height={240}>
        {(all) => <HostTable hosts={all} />}
      </Loaded>
      <Loaded query={profiles} height={200}>
        {(all) => <ProfileTable profiles={all} />}
      </Loaded>
    </Page>
  );
}
