import { DataTable } from '../../components/DataTable';
import { QualityChip } from '../../components/Quality';
import type { Claim, Finding, Judgement } from '../../lib/api';
import { counted } from '../../lib/format';
import { BandPlot } from './BandPlot';
import { bandWords, placeOf, ratioWords } from './claims';
import { VerdictMark } from './VerdictMark';

interface Props {
  number: number;
  condition: NonNullable<Claim['conditions']>[number];
  verdicts: readonly Judgement[];
}

const COLUMNS = [
  { title: 'Host and interpreter' },
  { title: 'Ratio [95 % interval]', number: true },
  { title: 'Says' },
  { title: 'Rounds', number: true },
  { title: 'Quality' },
  { title: 'Cells' },
  { title: 'Remarks' },
];

/** One condition: the band, the interval of each host and interpreter, and a table of both. */
export function ConditionCard({ number, condition, verdicts }: Props) {
  const found = verdicts.flatMap((judgement) =>
    (judgement.findings ?? [])
      .filter((finding) => finding.condition === number)
      .map((finding) => ({ judgement, finding })),
  );
  const marks = found.flatMap(({ judgement, finding: { ratio, ci_low, ci_high } }) =>
    ratio === null ? [] : [{ label: placeOf(judgement), ratio, low: ci_low, high: ci_high }],
  );
  return (
    <section class="card claim-condition">
      <h2>{condition.says}</h2>
      <p class="subtitle">
        {condition.measure && <code>{condition.measure}</code>}
        {condition.baseline && ', contender over baseline'}
        {condition.scale && `, times ${condition.scale}`}: {bandWords(condition)}
      </p>
      {found.length === 0 ? (
        <p>No run of this claim has ended yet.</p>
      ) : (
        <>
          <BandPlot band={condition.band} marks={marks} />
          <DataTable
            label={condition.says}
            columns={COLUMNS}
            rows={found.map(({ judgement, finding }) => [
              placeOf(judgement),
              ratioWords(finding),
              finding.verdict ? <VerdictMark verdict={finding.verdict} /> : 'shown only',
              finding.rounds,
              <QualityChip quality={finding.quality} reasons={[]} />,
              <Cells finding={finding} />,
              <Remarks finding={finding} />,
            ])}
          />
        </>
      )}
    </section>
  );
}

function Cells({ finding }: { finding: Finding }) {
  return (
    <>
      {finding.contender && <a href={`/cells/${finding.contender}`}>contender</a>}{' '}
      {finding.baseline && <a href={`/cells/${finding.baseline}`}>baseline</a>}
    </>
  );
}

function Remarks({ finding }: { finding: Finding }) {
  const said = [
    ...(finding.reason === null ? [] : [finding.reason]),
    ...(finding.paired === false ? ['unpaired: not measured in the same rounds'] : []),
    ...finding.warnings.map(({ sentence }) => sentence),
  ];
  if (said.length === 0) return null;
  return (
    <details>
      <summary>{counted(said.length, 'remark')}</summary>
      <ul class="remarks">
        {said.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </details>
  );
}
