import { useLayoutEffect, useRef } from 'preact/hooks';
import { Glyph } from '../../components/Glyph';
import type { Pointed } from './MatrixCell';
import { QualityChip } from '../../components/Quality';
import { reading } from './sentence';

interface Props {
  pointed: Pointed;
}

/** The interval behind a cell, beside it. Hidden from readers: the cell's own label says the same. */
export function MatrixTip({ pointed: { entry, row, context, interpreter, at } }: Props) {
  const tip = useRef<HTMLDivElement>(null);
  const { verdict, certainty, basis } = reading(entry, context);
  useLayoutEffect(() => {
    const box = tip.current;
    const plot = box?.parentElement;
    if (!box || !plot) return;
    const cell = at.getBoundingClientRect();
    const frame = plot.getBoundingClientRect();
    const left = Math.min(cell.left - frame.left, frame.width - box.offsetWidth);
    box.style.left = `${Math.max(0, left)}px`;
    box.style.top = `${cell.bottom - frame.top + 6}px`;
  });
  return (
    <div ref={tip} class="tip" aria-hidden="true">
      <p class="quiet">
        <Glyph model={entry.value} interpreter={interpreter} /> {entry.value} · {row}
      </p>
      <p class="big">{verdict}</p>
      <p>{certainty}</p>
      <p class="quiet">{basis}</p>
      {entry.quality !== 'stable' && <QualityChip quality={entry.quality} reasons={[]} />}
    </div>
  );
}
