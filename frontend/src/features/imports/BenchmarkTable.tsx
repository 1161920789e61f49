import { DataTable } from '../../components/DataTable';
import type { ImportBenchmark } from '../../lib/api';
import { rangeWords, valueWords } from './imports';

/** The benchmarks of a file with what their processes come to. */
export function BenchmarkTable({ benchmarks }: { benchmarks: readonly ImportBenchmark[] }) {
  return (
    <DataTable
      label="Benchmarks"
      columns={[
        { title: 'Benchmark' },
        { title: 'Median of processes', number: true },
        { title: '95 % CI', number: true },
        { title: 'Processes', number: true },
        { title: 'Values', number: true },
        { title: 'Warm-ups', number: true },
      ]}
      rows={benchmarks.map((benchmark) => [
        benchmark.name,
        valueWords(benchmark.median, benchmark.unit),
        rangeWords(benchmark),
        benchmark.processes,
        benchmark.values,
        benchmark.warm_ups,
      ])}
    />
  );
}
