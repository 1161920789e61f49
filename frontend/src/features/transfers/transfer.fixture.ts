import type { Transfer } from '../../lib/api';

/** A fitted transfer of bytes through a pipe, unless a test changes it. */
export const aTransfer = (rest: Partial<Transfer> = {}): Transfer => ({
  axes: {
    workload: 'transfer',
    mechanism: 'pipe',
    payload: 'bytes',
    tasks: 4,
    parallelism: 1,
    model: 'sequential',
    interpreter: 'cpython-3.14',
    profile: 'any',
  },
  status: 'fitted',
  reason: null,
  unit: 'bytes',
  alpha_seconds: { value: 20e-6, ci_low: 19e-6, ci_high: 21.5e-6 },
  beta_per_second: { value: 2 ** 31, ci_low: 2 ** 30, ci_high: 3 * 2 ** 30 },
  worst_miss: 0.0837,
  margin: 0.02,
  sizes: [64, 65536, 8388608].map((size) => ({
    size,
    cell: `a-cell-of-${size}`,
    rounds: 8,
    median_seconds: 20e-6 + size / 2 ** 31,
    miss: 0.01,
    quality: 'stable',
    quality_reasons: [],
  })),
  left_out: [],
  warnings: [],
  preliminary: false,
  ...rest,
});

export const aFlatTransfer = (): Transfer =>
  aTransfer({
    axes: { ...aTransfer().axes, mechanism: 'thread-simplequeue' },
    status: 'flat',
    reason: 'time is not shown to grow with size: no bandwidth can be told',
    beta_per_second: { value: null, ci_low: 2 ** 42, ci_high: null },
  });
