import type { ComponentChildren } from 'preact';
import { useElementId } from '../lib/hooks';

interface TextProps {
  label: string;
  value: string;
  unit?: string | null | undefined;
  hint?: string | undefined;
  faults?: string[] | undefined;
  onInput: (value: string) => void;
}

/** One line of text with its unit, what is allowed, and what the server found wrong with it. */
export function TextField({ label, value, unit, hint, faults = [], onInput }: TextProps) {
  const id = useElementId('field');
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class={faults.length > 0 ? 'input wrong' : 'input'}>
        <input
          id={id}
          value={value}
          autocomplete="off"
          aria-invalid={faults.length > 0}
          aria-describedby={`${id}-hint`}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
        {unit && <span class="quiet">{unit}</span>}
      </div>
      <div id={`${id}-hint`}>
        {hint && <p class="quiet">{hint}</p>}
        <FaultList faults={faults} />
      </div>
    </div>
  );
}

export function FaultList({ faults }: { faults: readonly string[] }) {
  return (
    <>
      {faults.map((fault) => (
        <p key={fault} class="fault" role="alert">
          {fault}
        </p>
      ))}
    </>
  );
}

interface ChecksProps {
  title: string;
  all: readonly string[];
  chosen: readonly string[];
  faults?: string[] | undefined;
  label?: (value: string) => ComponentChildren;
  onChoose: (chosen: string[]) => void;
}

/** A choice of several, as chips. */
export function Checks({ title, all, chosen, faults = [], label, onChoose }: ChecksProps) {
  const toggle = (value: string) =>
    onChoose(all.filter((one) => (one === value) !== chosen.includes(one)));
  return (
    <fieldset>
      <legend>
        {title}{' '}
        <span class="quiet">
          {chosen.length} of {all.length}
        </span>
      </legend>
      <div class="chips">
        {all.map((value) => (
          <label key={value} class="chip">
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={() => toggle(value)}
            />
            <span>{label ? label(value) : value}</span>
          </label>
        ))}
      </div>
      <FaultList faults={faults} />
    </fieldset>
  );
}
