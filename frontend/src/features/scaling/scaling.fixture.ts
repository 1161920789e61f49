// Made-up answers for tests.
import type { Crossing, CrossingList, Measure, Scaling } from '../../lib/api';

type Point = Scaling['points'][number];

export const aPoint = (parallelism: number, rest: Partial<Point> = {}): Point => ({
  parallelism,
  cell: `cell-${parallelism}`,
  rounds: 12,
  median_seconds: 0.1 / parallelism,
  speed_up: { value: parallelism * 0.9, ci_low: parallelism * 0.85, ci_high: parallelism * 0.95 },
  efficiency: { value: 0.9, ci_low: 0.85, ci_high: 0.95 },
  serial_fraction: null,
  processors: 8,
  oversubscribed: false,
  quality: 'stable',
  quality_reasons: [],
  ...rest,
});

export const aScaling = (rest: Partial<Scaling> = {}): Scaling => ({
  axes: { workload: 'pi', digits: 2000, tasks: 8, model: 'threads', interpreter: 'cpython-3.14t' },
  reference: 'sequential',
  reference_cell: 'plain',
  points: [aPoint(1), aPoint(2), aPoint(4)],
  left_out: [],
  fit: {
    law: 'not_identifiable',
    reason: '3 of at least 4 numbers of workers',
    contention: null,
    coherency: null,
    peak: null,
    worst_miss: null,
  },
  warnings: [],
  preliminary: false,
  ...rest,
});

export const aCrossing = (rest: Partial<Crossing> = {}): Crossing => ({
  axes: { workload: 'pi', tasks: 8, interpreter: 'cpython-3.14' },
  status: 'crossed',
  sentence: 'from digits = 300 on, 95 % CI [250, 350], subinterpreters is faster than threads',
  size: 300,
  ci_low: 250,
  ci_high: 350,
  octaves: 0.485,
  changes: [{ from: 200, to: 400, ahead: 'a' }],
  sizes: [100, 200, 400, 800].map((x) => ({
    x,
    a: `a-${x}`,
    b: `b-${x}`,
    rounds: 12,
    ratio: 300 / x,
    ci_low: 280 / x,
    ci_high: 320 / x,
    ahead: x < 300 ? ('b' as const) : ('a' as const),
    quality: 'stable' as const,
    quality_reasons: [],
  })),
  left_out: [],
  warnings: [],
  preliminary: false,
  ...rest,
});

export const aCrossingList = (measure: Measure, ...items: Crossing[]): CrossingList => ({
  run: 'a-run',
  x: 'digits',
  pivot: 'model',
  a: 'subinterpreters',
  b: 'threads',
  measure,
  confidence: 0.95,
  items,
});
