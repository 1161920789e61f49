import { DataTable } from '../../components/DataTable';
import type { SelfTest } from '../../lib/api';
import { ago, dateTime, span } from '../../lib/format';
import { useNow } from '../../lib/hooks';
import { figuresOf, missingOf, QUESTIONS, said } from './selfTests';

/** The last result of each self-test on each host. */
export function SelfTests({ tests }: { tests: readonly SelfTest[] }) {
  const missing = missingOf(tests);
  return (
    <section class="card">
      <h2>Self-tests</h2>
      <p class="subtitle">
        the last result of each on each host; a gate is what was asked before it ran
      </p>
      {tests.length > 0 && <SelfTestTable label="Self-tests" tests={tests} linked />}
      {missing.length > 0 && (
        <>
          <p class="missing-tests">
            {tests.length === 0 ? 'None has run yet.' : 'Some have not run yet.'} Start one in a
            checkout, on a host that is idle; it sends its result here.
          </p>
          <ul class="commands">
            {missing.map((name) => (
              <li key={name}>
                <code>src/bench/run {name}</code> <span class="quiet">{QUESTIONS[name]}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

const COLUMNS = [
  { title: 'Test' },
  { title: 'Result' },
  { title: 'Gates: asked, found' },
  { title: 'Figures' },
  { title: 'Host' },
  { title: 'When', number: true },
  { title: 'Version' },
];

interface Props {
  label: string;
  tests: readonly SelfTest[];
  /** Whether names lead to the history. */
  linked?: boolean;
}

export function SelfTestTable({ label, tests, linked = false }: Props) {
  const now = useNow();
  const rows = tests.map((test) => [
    <span key="name" class="test-name">
      {linked ? <a href={`/instrument?test=${test.name}`}>{test.name}</a> : test.name}
      <span class="quiet">{QUESTIONS[test.name]}</span>
    </span>,
    test.passed ? (
      <span key="result">✓ passed</span>
    ) : (
      <b key="result" class="slower">
        ✕ failed
      </b>
    ),
    <Gates key="gates" gates={test.gates} />,
    <Figures key="figures" test={test} />,
    test.host,
    <time key="when" dateTime={test.started_at} title={dateTime(test.started_at)}>
      {ago(test.started_at, now)}, took {span(test.seconds)}
    </time>,
    <span key="version" class="version">
      {test.version}
    </span>,
  ]);
  return <DataTable label={label} columns={COLUMNS} rows={rows} />;
}

function Gates({ gates }: { gates: SelfTest['gates'] }) {
  return (
    <ul>
      {gates.map(({ name, asked, found, holds }) => (
        <li key={name}>
          <span class={holds ? undefined : 'slower'}>
            {holds ? '✓' : '✕'}
            <span class="hidden">{holds ? ' holds: ' : ' does not hold: '}</span>
          </span>{' '}
          {name}: {said(asked)}, <b>{said(found)}</b>
        </li>
      ))}
    </ul>
  );
}

function Figures({ test }: { test: SelfTest }) {
  return (
    <details>
      <summary>{Object.keys(test.figures).length} figures</summary>
      <ul>
        {figuresOf(test.figures).map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      <p class="quiet">with {figuresOf(test.parameters).join(', ') || 'no parameters'}</p>
    </details>
  );
}
