import { useState } from 'preact/hooks';

type Option = readonly [value: string, label: string];

interface PickProps {
  label: string;
  value: string;
  options: readonly Option[];
  onPick: (value: string) => void;
}

export function Pick({ label, value, options, onPick }: PickProps) {
  return (
    <label class="pick">
      <span>{label}</span>
      <select value={value} onChange={(event) => onPick(event.currentTarget.value)}>
        {options.map(([id, words]) => (
          <option key={id} value={id} selected={id === value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

interface SegmentsProps<T extends string> {
  label: string;
  value: T;
  options: readonly (readonly [value: T, label: string])[];
  onPick: (value: T) => void;
}

/** A few exclusive choices side by side. */
export function Segments<T extends string>({ label, value, options, onPick }: SegmentsProps<T>) {
  return (
    <div class="segments" role="group" aria-label={label}>
      {options.map(([id, words]) => (
        <button key={id} type="button" aria-pressed={id === value} onClick={() => onPick(id)}>
          {words}
        </button>
      ))}
    </div>
  );
}

/** Copies text and says so; without access to the clipboard it says that instead. */
export function CopyButton({ label, text }: { label: string; text: () => string }) {
  const [said, setSaid] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      setSaid('Copied');
    } catch {
      setSaid('Not allowed to copy');
    }
  };
  return (
    <button type="button" class="button" onClick={() => void copy()} onBlur={() => setSaid('')}>
      <span aria-live="polite">{said || label}</span>
    </button>
  );
}

export const CopyLink = () => <CopyButton label="Copy link" text={() => location.href} />;
