import { useState } from 'preact/hooks';

interface Props {
  label: string;
  /** What it is about, for those who do not see beside what it stands. */
  about: string;
  pending: boolean;
  onConfirm: () => void;
}

/** A button for what cannot be undone: the first press asks, the second does it. */
export function ConfirmButton({ label, about, pending, onConfirm }: Props) {
  const [asked, setAsked] = useState(false);
  return (
    <button
      type="button"
      class="button"
      disabled={pending}
      onBlur={() => setAsked(false)}
      onClick={() => (asked ? onConfirm() : setAsked(true))}
    >
      {asked ? `Really ${label.toLowerCase()}?` : label}
      <span class="hidden">: {about}</span>
    </button>
  );
}
