import type { AxisValue } from './api';

export type Mark = 'circle' | 'square' | 'triangle' | 'diamond' | 'cross' | 'star';

/** Colour (a CSS variable) and marker of an execution model: never told apart by colour alone. */
export interface Look {
  id: 'seq' | 'threads' | 'ft' | 'subint' | 'mp' | 'aio';
  mark: Mark;
}

const LOOKS: Record<string, Look> = {
  sequential: { id: 'seq', mark: 'circle' },
  threads: { id: 'threads', mark: 'square' },
  subinterpreters: { id: 'subint', mark: 'diamond' },
  processes: { id: 'mp', mark: 'cross' },
  asyncio: { id: 'aio', mark: 'star' },
  'interpreter-pool': { id: 'subint', mark: 'diamond' },
  prefork: { id: 'mp', mark: 'cross' },
  loops: { id: 'aio', mark: 'star' },
};
const FREE_THREADED: Look = { id: 'ft', mark: 'triangle' };
const UNKNOWN: Look = { id: 'seq', mark: 'circle' };

const family = (model: AxisValue) => String(model).split(':')[0] ?? '';

/** A line such as cpython-3.14t runs without the GIL; cpython-3.14t+gil is the same build with it. */
export const isFreeThreaded = (interpreter: AxisValue | undefined) =>
  String(interpreter).endsWith('t');

export function look(model: AxisValue, interpreter?: AxisValue): Look {
  if (family(model) === 'threads' && isFreeThreaded(interpreter)) return FREE_THREADED;
  return LOOKS[family(model)] ?? UNKNOWN;
}

/** Sorts models as the catalogue's readers know them: sequential first, unknown ones last. */
export function byModel(a: AxisValue, b: AxisValue): number {
  const rank = (model: AxisValue) => {
    const index = Object.keys(LOOKS).indexOf(family(model));
    return index === -1 ? Infinity : index;
  };
  const difference = rank(a) - rank(b);
  return Number.isNaN(difference) || difference === 0
    ? String(a).localeCompare(String(b))
    : difference;
}
