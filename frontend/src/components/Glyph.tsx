import type { AxisValue } from '../lib/api';
import { look, type Mark } from '../lib/models';

/** Outlines around the origin, about 10 units wide. */
const OUTLINES: Record<Mark, string> = {
  circle: 'M5,0A5,5 0 1 1 -5,0A5,5 0 1 1 5,0Z',
  square: 'M-4.4,-4.4H4.4V4.4H-4.4Z',
  triangle: 'M0,-6L5.5,4H-5.5Z',
  diamond: 'M0,-6.5L5.2,0L0,6.5L-5.2,0Z',
  cross:
    'M-5.2,-3.1L-3.1,-5.2L0,-2.1L3.1,-5.2L5.2,-3.1L2.1,0L5.2,3.1L3.1,5.2L0,2.1L-3.1,5.2L-5.2,3.1L-2.1,0Z',
  star: 'M0,-6.5L1.62,-2.22L6.18,-2.01L2.62,.85L3.82,5.26L0,2.75L-3.82,5.26L-2.62,.85L-6.18,-2.01L-1.62,-2.22Z',
};

/** Outline and colour of a model's marker, for drawings. */
export function marker(model: AxisValue, interpreter?: AxisValue) {
  const { id, mark } = look(model, interpreter);
  return { outline: OUTLINES[mark], colour: `var(--m-${id})` };
}

interface Props {
  model: AxisValue;
  interpreter?: AxisValue | undefined;
  size?: number;
}

/** Marker of an execution model in its colour; always stands beside the model's name. */
export function Glyph({ model, interpreter, size = 12 }: Props) {
  const { outline, colour } = marker(model, interpreter);
  return (
    <svg class="glyph" width={size} height={size} viewBox="-7 -7 14 14" aria-hidden="true">
      <path d={outline} fill={colour} />
    </svg>
  );
}
