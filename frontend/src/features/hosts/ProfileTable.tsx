import { DataTable } from '../../components/DataTable';
import type { Profile } from '../../lib/api';
import { Chips } from './Chips';
import { requirementsOf } from './hosts';

const COLUMNS = [
  { title: 'Profile' },
  { title: 'Asks for' },
  { title: 'Fulfilled by' },
  { title: 'Ready' },
];

/** Every hardware profile with what it asks for and who fulfils it. */
export function ProfileTable({ profiles }: { profiles: readonly Profile[] }) {
  return (
    <section class="card">
      <h2>Hardware profiles</h2>
      <p class="subtitle">what a run can ask of a host; a run waits until one fulfils it</p>
      <DataTable
        label="Hardware profiles"
        columns={COLUMNS}
        rows={profiles.map((profile) => [
          <span key="name" title={profile.description}>
            {profile.name}
          </span>,
          <Chips key="asks" words={requirementsOf(profile)} none="nothing" />,
          profile.hosts.length === 0 ? (
            <span class="quiet">no host</span>
          ) : (
            profile.hosts.map((host, index) => (
              <span key={host}>
                {index > 0 && ', '}
                <a href={`/hosts/${host}`}>{host}</a>
              </span>
            ))
          ),
          profile.online ? (
            'yes'
          ) : (
            <span class="quiet">{profile.hosts.length === 0 ? 'no' : 'no, offline'}</span>
          ),
        ])}
      />
    </section>
  );
}
