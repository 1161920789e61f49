import { DataTable } from '../../components/DataTable';
import { Figure } from '../../components/Figure';
import type { EqualArms, Instrument } from '../../lib/api';
import { counted, percent, significant } from '../../lib/format';
import { BAND, ENOUGH, methodsOf, standingOf, type Standing } from './equalArms';
import { SharePlot } from './SharePlot';

/** How often two arms of the same program were told to differ, live from the placebos of all runs. */
export function EqualArmsFigure({ placebo }: { placebo: Instrument['placebo'] }) {
  const standing = standingOf(placebo);
  if (standing === 'none') return <NothingYet />;
  const methods = methodsOf(placebo);
  return (
    <Figure
      title={`Equal programs were told apart in ${round(placebo.share)} of ${counted(placebo.pairs, 'pair')}`}
      subtitle={`share of pairs of ${placebo.rounds_per_pair} rounds whose 95 % interval leaves out “no difference”; line: its 95 % CI, grey band: ${percent(BAND.low)} to ${percent(BAND.high)}, dashed: the 5 % that 95 % promises`}
    >
      <SharePlot methods={methods} />
      <Verdict standing={standing} />
      <p class="quiet">
        At 99 %: {placebo.false_positives_1_percent} of {counted(placebo.pairs, 'pair')}, where 1 in
        100 is promised.
        {placebo.median_half_width !== null &&
          ` Half of the intervals are narrower than ±${percent(Number(significant(placebo.median_half_width, 2)))}.`}{' '}
        The block design is computed from the same arms: all rounds of one program, then all of the
        other, as if they had been measured one after the other.
      </p>
      {placebo.hosts.length > 0 && <Hosts hosts={placebo.hosts} />}
    </Figure>
  );
}

function Verdict({ standing }: { standing: Standing }) {
  switch (standing) {
    case 'none':
      return null;
    case 'few':
      return (
        <p class="note">Fewer than {ENOUGH} pairs: too few to hold the share against the band.</p>
      );
    case 'holds':
      return <p class="holds">✓ Within the band: intervals are wrong as rarely as they say.</p>;
    case 'outside':
      return (
        <p class="note">
          ✕ Outside the band: intervals of this installation are not what they say. Look at the
          hosts below, and at the evidence of their runs.
        </p>
      );
  }
}

function NothingYet() {
  return (
    <section class="card">
      <h2>No pair of equal programs yet</h2>
      <p>
        Every run adds some: each comparison group measures its baseline twice. To fill this page at
        once, run <code>src/bench/run equal-arms</code> in a checkout, on a host that is idle.
      </p>
    </section>
  );
}

const COLUMNS = [
  { title: 'Host' },
  { title: 'Pairs', number: true },
  { title: 'Told apart', number: true },
  { title: '95 % CI', number: true },
  { title: 'At 99 %', number: true },
  { title: 'Block, means', number: true },
  { title: 'Block, values', number: true },
  { title: 'Median ±', number: true },
];

function Hosts({ hosts }: { hosts: Instrument['placebo']['hosts'] }) {
  const rows = hosts.map((host) => [
    host.host,
    host.pairs.toLocaleString('en-US'),
    round(host.share),
    host.ci_low === null || host.ci_high === null
      ? '–'
      : `[${round(host.ci_low)}, ${round(host.ci_high)}]`,
    host.false_positives_1_percent,
    block(host.block_welch),
    block(host.block_pooled),
    round(host.median_half_width),
  ]);
  return <DataTable label="Equal programs by host" columns={COLUMNS} rows={rows} />;
}

const block = ({ pairs, false_positives }: EqualArms['block_pooled']) =>
  pairs === 0 ? '–' : round(false_positives / pairs);

const round = (share: number | null) =>
  share === null ? '–' : percent(Number(significant(share, 2)));
