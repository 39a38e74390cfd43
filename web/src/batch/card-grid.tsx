import { type CSSProperties, type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { BatchItem, PageBatch } from '../state/batch/batch.ts';
import { texts } from '../texts/texts.ts';
import { Card } from './card.tsx';
import { useWindow } from './use-window.ts';
import { nameOf } from './words.ts';

/** The pictures as cards; of many, those in view are in the document. The arrow keys go from one to the next. */
export function CardGrid(props: {
  batch: PageBatch;
  items: readonly BatchItem[];
  /** Key of the picture that was open last: the focus goes back to it. */
  last: string | null;
  onOpen: (key: string) => void;
}) {
  const { batch, items, last, onOpen } = props;
  const list = useRef<HTMLUListElement>(null);
  const [current, setCurrent] = useState(0);
  const { columns, rows, from, to } = useWindow(list, items.length);
  const stop = Math.min(current, items.length - 1);
  const shown = items.slice(from, to).map((item, at) => ({ item, index: from + at }));
  // Where the focus is stays in the document, however far it is scrolled away.
  const away = items[stop];
  if (away && (stop < from || stop >= to)) shown.push({ item: away, index: stop });

  /** At once where the card is in the document, else once it is. */
  function focus(index: number): void {
    const find = () => list.current?.querySelector<HTMLElement>(`[data-place-in-list="${index}"]`);
    const card = find();
    if (card) card.focus();
    else requestAnimationFrame(() => find()?.focus());
  }

  const goBack = useEffectEvent(() => {
    const index = items.findIndex(({ key }) => key === last);
    if (index < 0) return;
    setCurrent(index);
    focus(index);
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus goes back when a picture is closed, and at no other time
  useEffect(() => goBack(), [last]);

  function move(event: KeyboardEvent): void {
    const steps: Record<string, number> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -columns,
      ArrowDown: columns,
      Home: -items.length,
      End: items.length,
    };
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(items.length - 1, stop + step));
    setCurrent(next);
    focus(next);
  }

  return (
    <ul
      ref={list}
      className="picture-grid"
      style={{ '--rows': rows, '--columns': columns } as CSSProperties}
      aria-label={texts.batchPlace.pictures}
      onKeyDown={move}
      onFocus={({ target }) => {
        const index = Number(target.dataset.placeInList);
        if (Number.isInteger(index)) setCurrent(index);
      }}
    >
      {shown.map(({ item, index }) => (
        <Card
          key={item.key}
          item={item}
          name={nameOf(item, batch)}
          place={index + 1}
          count={items.length}
          row={Math.floor(index / columns) + 1}
          column={(index % columns) + 1}
          current={index === stop}
          onOpen={onOpen}
        />
      ))}
    </ul>
  );
}
