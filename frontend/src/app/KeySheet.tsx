import { useEffect, useRef } from 'preact/hooks';
import { PAGES } from './keys';

/** The list of keys, as a dialog. */
export function KeySheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  useEffect(() => {
    // The browser closes a dialog by itself on Escape.
    const element = dialog.current;
    element?.addEventListener('close', onClose);
    return () => element?.removeEventListener('close', onClose);
  }, [onClose]);
  return (
    <dialog ref={dialog} class="key-sheet" aria-labelledby="keys-title">
      <h2 id="keys-title">Keys</h2>
      <dl>
        {PAGES.map(({ key, title }) => (
          <Key key={key} keys={['g', key]} does={`go to ${title}`} />
        ))}
        <Key keys={['y']} does="copy the link to this page" />
        <Key keys={['Esc']} does="close this sheet, or a hint" />
        <Key keys={['?']} does="show this sheet" />
      </dl>
      <button type="button" class="button" onClick={onClose}>
        Close
      </button>
    </dialog>
  );
}

function Key({ keys, does }: { keys: string[]; does: string }) {
  return (
    <div>
      <dt>
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{does}</dd>
    </div>
  );
}
