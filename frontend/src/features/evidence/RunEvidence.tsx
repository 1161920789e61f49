import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { Loaded } from '../../components/Loaded';
import type { GroupEvidence, JobEvidence, Run } from '../../lib/api';
import { describe, varying } from '../../lib/axes';
import { evidenceQuery } from '../../lib/queries';
import { RoundStrip } from './RoundStrip';
import { SentinelLine } from './SentinelLine';
import { sentinelsOf } from './sentinels';
import { factsOf, findingsOf, groupFacts } from './session';

/** What the hosts were like while a run was measured; folded away, and fetched when opened. */
export function RunEvidence({ run }: { run: Pick<Run, 'id' | 'state'> }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="card evidence-of-run" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h2>Evidence</h2> <span class="quiet">what the host was like while this was measured</span>
      </summary>
      {open && <Jobs run={run} />}
    </details>
  );
}

function Jobs({ run }: { run: Pick<Run, 'id' | 'state'> }) {
  const query = useQuery(evidenceQuery(run));
  return (
    <Loaded query={query} height={240}>
      {(jobs) =>
        jobs.length === 0 ? (
          <p class="quiet">No evidence of this run was recorded.</p>
        ) : (
          <>
            {jobs.map((job) => (
              <Job key={job.fence} job={job} />
            ))}
          </>
        )
      }
    </Loaded>
  );
}

function Job({ job }: { job: JobEvidence }) {
  const { faults, warnings } = findingsOf(job.session);
  const facts = factsOf(job.session);
  const names = naming(job.groups);
  return (
    <section>
      <h3>On {job.host}</h3>
      <Checks faults={faults} warnings={warnings} />
      {job.groups.map((group) => (
        <Group
          key={group.group}
          title={describe(group.axes, names) || `group ${group.group}`}
          group={group}
          decided={groupFacts(job.session, group.group)}
        />
      ))}
      {facts.length > 0 && (
        <details class="more">
          <summary>What held for the whole attempt</summary>
          <dl class="facts">
            {facts.map(([name, words]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{words}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </section>
  );
}

function Checks({ faults, warnings }: { faults: string[]; warnings: string[] }) {
  if (faults.length + warnings.length === 0) {
    return <p class="quiet">The checks of the host found nothing.</p>;
  }
  return (
    <ul class="checks">
      {faults.map((fault) => (
        <li key={fault}>
          <b class="slower">✕ fault</b> {fault}
        </li>
      ))}
      {warnings.map((warning) => (
        <li key={warning}>
          <b>△ warning</b> {warning}
        </li>
      ))}
    </ul>
  );
}

interface GroupProps {
  title: string;
  group: GroupEvidence;
  decided: [string, string][];
}

function Group({ title, group: { rounds }, decided }: GroupProps) {
  if (rounds.length === 0) return null;
  const alone = rounds.filter(({ layout }) => layout === 'one_by_one').length;
  return (
    <div class="group-evidence">
      <p>
        <b>{title}</b>{' '}
        <span class="quiet">{decided.map(([name, words]) => `${name} ${words}`).join(' · ')}</span>
      </p>
      <div class="scroll" tabIndex={0} role="region" aria-label={`Rounds of ${title}`}>
        <RoundStrip rounds={rounds} label={title} />
        {sentinelsOf(rounds).map((series) => (
          <SentinelLine key={series.kernel} {...series} />
        ))}
      </div>
      {alone > 0 && (
        <p class="note">
          {alone === rounds.length ? 'All rounds' : `${alone} of ${rounds.length} rounds`} measured
          one process after the other, not in turns: an arm used the processor while it was parked.
        </p>
      )}
    </div>
  );
}

const naming = (groups: readonly GroupEvidence[]) => [
  ...new Set(['workload', ...varying(groups.map((group) => group.axes))]),
];
