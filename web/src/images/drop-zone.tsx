import { useEffect, useEffectEvent, useState } from 'react';
import { texts } from '../texts/texts.ts';

/** Takes files that are dropped anywhere on the page or pasted into it, and says so while files hover above it. */
export function DropZone({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const [over, setOver] = useState(false);
  const take = useEffectEvent((transfer: DataTransfer | null) => {
    const files = [...(transfer?.files ?? [])];
    if (files.length > 0) onFiles(files);
    return files.length > 0;
  });

  useEffect(() => {
    const ended = new AbortController();
    const { signal } = ended;
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    addEventListener(
      'dragover',
      (event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        setOver(true);
      },
      { signal },
    );
    addEventListener('dragleave', (event) => event.relatedTarget === null && setOver(false), { signal });
    addEventListener(
      'drop',
      (event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer);
      },
      { signal },
    );
    addEventListener('paste', (event) => take(event.clipboardData) && event.preventDefault(), { signal });
    return () => ended.abort();
  }, []);

  return over ? <div className="drop-zone">{texts.dropHere}</div> : null;
}
