import type { Comparison, ComparisonEntry, ComparisonGroup, Measure } from '../../lib/api';
import { advantage, side, turned, type Advantage } from '../../lib/advantage';
import { byModel } from '../../lib/models';
import { logScale, type Scale } from '../../lib/scale';

/** One round's factor over the baseline, higher is better. */
export interface RoundDot {
  value: number;
  dirty: boolean;
}

export interface Arm {
  entry: ComparisonEntry;
  /** Null without figures. */
  better: Advantage | null;
  rounds: RoundDot[];
}

export interface Forest {
  arms: Arm[];
  /** The group's placebo against the cell that it repeats. */
  placebo: Advantage | null;
  scale: Scale;
  /** Differences that are too small to matter: from 1/(1 + δ) to 1 + δ. */
  band: { low: number; high: number };
}

type Direction = Measure['direction'];

/** A group's entries with their rounds, on one axis that holds them all. */
export function forestOf(group: ComparisonGroup, direction: Direction): Forest {
  const arms = [...group.entries]
    .sort((a, b) => byModel(a.value, b.value))
    .map((entry) => ({
      entry,
      better: advantage(entry, direction),
      rounds: dotsOf(entry, direction),
    }));
  const placebo = group.placebo && turned(group.placebo, direction);
  const band = { low: 1 / (1 + group.threshold), high: 1 + group.threshold };
  const ends = [...arms.map((arm) => arm.better), placebo].flatMap((better) =>
    better ? [better.value, better.low ?? 1, better.high ?? 1] : [],
  );
  const dots = arms.flatMap((arm) => arm.rounds.map((round) => round.value));
  return { arms, placebo, band, scale: logScale([...ends, ...dots, band.low, band.high]) };
}

function dotsOf(entry: ComparisonEntry, direction: Direction): RoundDot[] {
  return entry.round_ratios.map((ratio, index) => ({
    value: direction === 'higher_is_better' ? ratio : 1 / ratio,
    dirty: entry.round_dirty[index] ?? false,
  }));
}

/** The clean rounds' factor, when its interval tells something else than that of all rounds. */
export function cleanOtherwise(entry: ComparisonEntry, direction: Direction): Advantage | null {
  const all = advantage(entry, direction);
  const clean = entry.clean && turned(entry.clean, direction);
  if (!all || !clean) return null;
  const [told, alone] = [side(all), side(clean)];
  return told !== null && alone !== null && told !== alone ? clean : null;
}

/** Contenders that were told apart from the baseline, and all that have figures. */
export function clearOf({ groups, baseline }: Comparison): { clear: number; of: number } {
  const contenders = groups
    .flatMap((group) => group.entries)
    .filter((entry) => entry.value !== baseline && entry.ratio !== null);
  const clear = contenders.filter(({ verdict }) => verdict === 'faster' || verdict === 'slower');
  return { clear: clear.length, of: contenders.length };
}
