import { DataTable } from '../../components/DataTable';
import type { ImportComparison } from '../../lib/api';
import { counted, percent, significant, times } from '../../lib/format';
import { ratioWords } from './imports';

/** Two imports, benchmark by benchmark, with what speaks against it above all of it. */
export function Compared({
  comparison,
  against,
}: {
  comparison: ImportComparison;
  against: string;
}) {
  const { items, warning, confidence, only_here: here, only_against: there } = comparison;
  const common = inAll(items.map(({ warnings }) => warnings));
  return (
    <>
      <p class="note">
        {warning.charAt(0).toUpperCase() + warning.slice(1)}.{common.map((said) => ` And ${said}.`)}
      </p>
      {items.length === 0 ? (
        <p>The two have no benchmark in common.</p>
      ) : (
        <DataTable
          label={`Compared with ${against}`}
          columns={[
            { title: 'Benchmark' },
            { title: 'Verdict' },
            { title: 'Ratio', number: true },
            { title: `${percent(confidence)} CI`, number: true },
            { title: 'q', number: true },
            { title: 'Processes', number: true },
          ]}
          rows={items.map((item) => [
            <>
              {item.name}
              {item.warnings
                .filter((said) => !common.includes(said))
                .map((said) => (
                  <div key={said} class="quiet">
                    {said}
                  </div>
                ))}
            </>,
            item.sentence,
            ratioWords(item),
            item.ci_low === null || item.ci_high === null
              ? '–'
              : `${times(item.ci_low)} to ${times(item.ci_high)}`,
            item.q_value === null ? '–' : significant(item.q_value, 2),
            `${item.processes} and ${item.baseline_processes}`,
          ])}
        />
      )}
      <Missing names={here} where="only in this one" />
      <Missing names={there} where={`only in ${against}`} />
    </>
  );
}

/** What is said of every one of them, so that it is said once. */
const inAll = ([first = [], ...others]: readonly (readonly string[])[]) =>
  first.filter((said) => others.every((one) => one.includes(said)));

function Missing({ names, where }: { names: readonly string[]; where: string }) {
  if (names.length === 0) return null;
  return (
    <p class="quiet">
      {counted(names.length, 'benchmark')} {where}: {names.join(', ')}
    </p>
  );
}
