import { useEffect, useState } from 'react';
import { isWriting } from '../browser/is-writing.ts';
import { texts } from '../texts/texts.ts';
import { LatePart, lateCode } from '../widgets/late-part.tsx';

const keys = lateCode(() => import('./keys.tsx'));

/** A button that shows the page's keys; so does `?`, but where people write. */
export function KeyboardHelp() {
  const [open, setOpen] = useState(false);

  useEffect(() => {
    function show(event: KeyboardEvent) {
      if (event.key !== '?' || event.ctrlKey || event.metaKey || isWriting(event.target)) return;
      event.preventDefault();
      setOpen(true);
    }
    addEventListener('keydown', show);
    return () => removeEventListener('keydown', show);
  }, []);

  return (
    <>
      <button
        type="button"
        className="text-button help-open"
        aria-keyshortcuts="?"
        title="?"
        onClick={() => setOpen(true)}
      >
        {texts.help.open}
      </button>
      {open && <LatePart of={keys}>{({ Keys }) => <Keys onClose={() => setOpen(false)} />}</LatePart>}
    </>
  );
}
