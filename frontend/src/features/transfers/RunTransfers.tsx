import { useQuery } from '@tanstack/preact-query';
import { DataTable } from '../../components/DataTable';
import { Loaded } from '../../components/Loaded';
import type { Cell, Run, Transfer, TransferList } from '../../lib/api';
import { percent } from '../../lib/format';
import { transfersQuery } from '../../lib/queries';
import {
  bandwidthWords,
  commonWords,
  latencyWords,
  missWords,
  ownWords,
  rangeWords,
  remarks,
  statusWords,
} from './transfers';

interface Props {
  run: Pick<Run, 'id' | 'state'>;
  cells: readonly Cell[];
}

/** Latency and bandwidth of a run's transfers; nothing for a run of other work. */
export function RunTransfers({ run, cells }: Props) {
  const some = cells.some(({ axes }) => axes.workload === 'transfer');
  const query = useQuery({ ...transfersQuery(run), enabled: some });
  if (!some) return null;
  return (
    <Loaded query={query} height={320}>
      {(list) => <Transfers list={list} />}
    </Loaded>
  );
}

/** The fitted lines as a table, a row for each mechanism and payload. */
export function Transfers({ list: { items, confidence } }: { list: TransferList }) {
  const ci = `${percent(confidence)} CI`;
  return (
    <section class="card transfers">
      <h2>Transfer</h2>
      <p class="subtitle">
        time of a round trip = latency + size / bandwidth, fitted to the sizes measured; worst miss:
        how far the line is from a size · {commonWords(items)}
      </p>
      <DataTable
        label="Latency and bandwidth by mechanism"
        columns={[
          { title: 'Mechanism' },
          { title: 'Payload' },
          { title: 'Status' },
          { title: 'Latency', number: true },
          { title: `latency’s ${ci}`, number: true },
          { title: 'Bandwidth per second', number: true },
          { title: `bandwidth’s ${ci}`, number: true },
          { title: 'Worst miss', number: true },
          { title: 'Sizes' },
        ]}
        rows={items.map((transfer) => row(transfer, items))}
      />
    </section>
  );
}

function row(transfer: Transfer, all: readonly Transfer[]) {
  const latency = latencyWords(transfer);
  const width = bandwidthWords(transfer);
  const own = ownWords(transfer, all);
  return [
    <>
      {transfer.axes.mechanism}
      {own && <span class="quiet"> {own}</span>}
    </>,
    transfer.axes.payload,
    <Standing key="status" transfer={transfer} />,
    <b key="latency">{latency.value}</b>,
    latency.interval,
    <b key="bandwidth">{width.value}</b>,
    width.interval,
    missWords(transfer),
    rangeWords(transfer),
  ];
}

/** What speaks against the figures stands before them, where no narrow window hides it. */
function Standing({ transfer }: { transfer: Transfer }) {
  return (
    <>
      {statusWords(transfer)}
      <Remarks all={remarks(transfer)} />
    </>
  );
}

/** Every one of them is told; more than one is folded, or a row would fill the page. */
function Remarks({ all }: { all: readonly string[] }) {
  if (all.length === 0) return null;
  if (all.length === 1) return <div class="quiet">{all[0]}</div>;
  return (
    <details>
      <summary>{all.length} remarks</summary>
      <ul>
        {all.map((remark) => (
          <li key={remark}>{remark}</li>
        ))}
      </ul>
    </details>
  );
}
