import { type CSSProperties, useRef } from 'react';
import type { BatchItem, PageBatch } from '../state/batch/batch.ts';
import { standingOf, textOf } from '../state/batch/standing.ts';
import { texts } from '../texts/texts.ts';
import { Thumbnail } from '../widgets/thumbnail.tsx';
import { useWindow } from './use-window.ts';
import { itemInWords, nameOf, stateInWords } from './words.ts';

/** The pictures in a table, a row each; of many, those in view are in the document. */
export function Table(props: {
  batch: PageBatch;
  items: readonly BatchItem[];
  onOpen: (key: string) => void;
}) {
  const { batch, items, onOpen } = props;
  const list = useRef<HTMLDivElement>(null);
  const { from, to } = useWindow(list, items.length);
  const { columns } = texts.batchPlace;
  return (
    <div
      ref={list}
      className="picture-rows"
      // Of the rows that are not in the document.
      style={{ '--above': from, '--below': items.length - to } as CSSProperties}
    >
      <table className="picture-table" aria-rowcount={items.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className="picture-table-thumb">
              <span className="visually-hidden">{columns.picture}</span>
            </th>
            <th scope="col">{columns.name}</th>
            <th scope="col" className="picture-table-read">
              {columns.read}
            </th>
            <th scope="col">{columns.sure}</th>
          </tr>
        </thead>
        <tbody>
          {items.slice(from, to).map((item, at) => {
            const name = nameOf(item, batch);
            const text = textOf(item);
            return (
              <tr key={item.key} aria-rowindex={from + at + 2} data-standing={standingOf(item)}>
                <td>
                  <Thumbnail item={item} className="picture-table-picture" />
                </td>
                <td>
                  <button
                    type="button"
                    className="picture-table-open"
                    aria-label={itemInWords(item, name)}
                    onClick={() => onOpen(item.key)}
                  >
                    {name}
                  </button>
                </td>
                <td className="picture-table-read">
                  {text === '' ? texts.batchPlace.noDigit : texts.short(text ?? '')}
                </td>
                <td>{stateInWords(item)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
