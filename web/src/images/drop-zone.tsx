import { useEffect, useEffectEvent, useState } from 'react';
import { isWriting } from '../browser/is-writing.ts';
import type { NoticeCode } from '../state/page.ts';
import { texts } from '../texts/texts.ts';
import { picturesIn } from './dropped-entries.ts';
import { pictureSource } from './picture-source.ts';

/** Drags that the page takes: of files, and of pictures and links from other pages. */
const TYPES = ['Files', 'text/uri-list'];

/** Takes what is dropped anywhere on the page or pasted into it, and says so while something hovers above it. */
export function DropZone(props: {
  onFiles: (files: readonly File[]) => void;
  onAddress: (address: string) => void;
  /** Why something could not be taken. */
  onNotice: (code: NoticeCode) => void;
}) {
  const [over, setOver] = useState(false);

  const takeFolders = useEffectEvent(async (entries: readonly FileSystemEntry[]) => {
    const { pictures, others } = await picturesIn(entries);
    if (pictures.length > 0) props.onFiles(pictures);
    if (pictures.length === 0) props.onNotice('no-pictures');
    else if (others > 0) props.onNotice('others-left-out');
  });

  const take = useEffectEvent((transfer: DataTransfer) => {
    // All of this can be read in the event alone.
    const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry?.() ?? []);
    const files = [...transfer.files];
    const html = transfer.getData('text/html');
    const text = transfer.getData('text/uri-list') || transfer.getData('text/plain');
    if (entries.some(({ isDirectory }) => isDirectory)) void takeFolders(entries);
    else if (files.length > 0) props.onFiles(files);
    else if (html || text) takeSource(html, text);
  });

  function takeSource(html: string, text: string): void {
    const source = pictureSource({ html, text });
    if ('file' in source) props.onFiles([source.file]);
    else if ('address' in source) props.onAddress(source.address);
    else props.onNotice(source.notice);
  }

  useEffect(() => {
    const ended = new AbortController();
    const { signal } = ended;
    // What is dragged from the page itself is no news to it.
    let isOwn = false;
    const isTaken = ({ dataTransfer }: DragEvent) =>
      !isOwn && TYPES.some((type) => dataTransfer?.types.includes(type));
    addEventListener('dragstart', () => (isOwn = true), { signal });
    addEventListener('dragend', () => (isOwn = false), { signal });
    addEventListener(
      'dragover',
      (event) => {
        if (!isTaken(event)) return;
        event.preventDefault();
        setOver(true);
      },
      { signal },
    );
    addEventListener('dragleave', (event) => event.relatedTarget === null && setOver(false), { signal });
    addEventListener(
      'drop',
      (event) => {
        if (!isTaken(event)) return;
        event.preventDefault();
        setOver(false);
        if (event.dataTransfer) take(event.dataTransfer);
      },
      { signal },
    );
    addEventListener(
      'paste',
      (event) => {
        if (!event.clipboardData || isWriting(event.target)) return;
        event.preventDefault();
        take(event.clipboardData);
      },
      { signal },
    );
    return () => ended.abort();
  }, []);

  return over ? <div className="drop-zone">{texts.dropHere}</div> : null;
}
