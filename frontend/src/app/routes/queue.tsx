import { useQuery } from '@tanstack/preact-query';
import { CopyLink } from '../../components/controls';
import { Loaded } from '../../components/Loaded';
import { Page } from '../../components/Page';
import { LiveTable } from '../../features/queue/LiveTable';
import { WaitingTable } from '../../features/queue/WaitingTable';
import { liveQuery, queueQuery } from '../../lib/queries';
import '../../styles/hosts.css';

/** What is measured now, and what waits for it to end. */
export default function QueuePage() {
  const live = useQuery(liveQuery);
  const queue = useQuery(queueQuery);
  return (
    <Page
      title="Queue"
      lead="What is measured now, what comes next, and why does it wait?"
      actions={<CopyLink />}
    >
      <Loaded query={live} height={200}>
        {(hosts) => <LiveTable hosts={hosts} />}
      </Loaded>
      <Loaded query={queue} height={240}>
        {({ items, total }) => <WaitingTable jobs={items} total={total} />}
      </Loaded>
    </Page>
  );
}
