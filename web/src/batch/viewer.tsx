import { type KeyboardEvent, useEffect, useRef } from 'react';
import { isWriting } from '../browser/is-writing.ts';
import type { PageBatch } from '../state/batch/batch.ts';
import { readingOf, standingOf, textOf } from '../state/batch/standing.ts';
import { pathOf } from '../state/place.ts';
import { texts } from '../texts/texts.ts';
import { WrittenDigits } from '../widgets/digits/written-digits.tsx';
import { Thumbnail } from '../widgets/thumbnail.tsx';
import { ByHand } from './by-hand.tsx';
import { useSwipe } from './use-swipe.ts';
import { itemInWords, nameOf, stateInWords } from './words.ts';

/** One picture large, in front of the list: what was read of it, to be set right by hand, and the ways to its neighbours. */
export function Viewer(props: {
  batch: PageBatch;
  /** The pictures to go through, in order. */
  keys: readonly string[];
  current: string;
  onCurrent: (key: string) => void;
  onByHand: (key: string, text: string | null) => void;
  onClose: () => void;
}) {
  const { batch, keys, current, onByHand } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const item = batch.items.find(({ key }) => key === current);
  const at = keys.indexOf(current);
  const { viewer, noDigit } = texts.batchPlace;
  const go = (step: number) => {
    const next = keys[at + step];
    if (next !== undefined) props.onCurrent(next);
  };
  const swipe = useSwipe(go);

  useEffect(() => {
    dialog.current!.showModal();
    // Not on the first button, which closes it: the keys go from picture to picture.
    dialog.current!.focus();
  }, []);

  function pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    if (event.key === 'ArrowLeft') go(-1);
    else if (event.key === 'ArrowRight') go(1);
    else if (/^[0-9]$/.test(event.key)) onByHand(current, event.key);
    else return;
    event.preventDefault();
  }

  if (!item) return null;
  const name = nameOf(item, batch);
  const text = textOf(item);
  const id = readingOf(item)?.id ?? item.tracked.prediction?.id;
  return (
    <dialog
      ref={dialog}
      className="viewer"
      aria-label={name}
      tabIndex={-1}
      onClose={props.onClose}
      onKeyDown={pressed}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
    >
      <div className="viewer-inside">
        <div className="viewer-head">
          <h3 className="viewer-name">{name}</h3>
          <span className="viewer-place">{viewer.of(at + 1, keys.length)}</span>
          <button
            type="button"
            className="button button-quiet viewer-close"
            aria-label={texts.close}
            onClick={() => dialog.current!.close()}
          >
            ×
          </button>
        </div>
        <div className="viewer-stage" {...swipe}>
          <Step label={viewer.previous} sign="‹" isLast={at === 0} onStep={() => go(-1)} />
          <Thumbnail key={item.key} item={item} className="viewer-picture" />
          <Step label={viewer.next} sign="›" isLast={at === keys.length - 1} onStep={() => go(1)} />
        </div>
        <div className="viewer-answer" data-standing={standingOf(item)}>
          {text === '' && <span className="viewer-none">{noDigit}</span>}
          {text && <WrittenDigits text={text} className="viewer-digit" />}
          <span>{stateInWords(item)}</span>
          {id !== undefined && (
            <a className="text-button" href={pathOf({ name: 'result', id })} data-place>
              {viewer.open}
            </a>
          )}
        </div>
        <ByHand item={item} onSet={(said) => onByHand(item.key, said)} />
        <p className="visually-hidden" role="status">
          {viewer.spoken(itemInWords(item, name), at + 1, keys.length)}
        </p>
      </div>
    </dialog>
  );
}

function Step(props: { label: string; sign: string; isLast: boolean; onStep: () => void }) {
  return (
    <button
      type="button"
      className="viewer-step"
      aria-label={props.label}
      // Stays where the focus is at the end of the list.
      aria-disabled={props.isLast}
      onClick={props.onStep}
    >
      {props.sign}
    </button>
  );
}
