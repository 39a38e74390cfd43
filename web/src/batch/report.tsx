import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import type { PageBatch } from '../state/batch/batch.ts';
import { countStandings, STANDINGS, standingOf, textOf } from '../state/batch/standing.ts';
import { texts } from '../texts/texts.ts';
import { Thumbnail } from '../widgets/thumbnail.tsx';
import { nameOf, stateInWords } from './words.ts';

/** The whole batch on paper, in the order sent. It is in the document only while the browser prints. */
export function Report({ batch }: { batch: PageBatch }) {
  const [isPrinting, setPrinting] = useState(false);

  useEffect(() => {
    // The browser takes what is in the document once these return.
    const begin = () => flushSync(() => setPrinting(true));
    const end = () => setPrinting(false);
    addEventListener('beforeprint', begin);
    addEventListener('afterprint', end);
    return () => {
      removeEventListener('beforeprint', begin);
      removeEventListener('afterprint', end);
    };
  }, []);

  if (!isPrinting) return null;
  const { items } = batch;
  const { report, columns, heading, standings, noDigit } = texts.batchPlace;
  const counts = countStandings(items);
  return (
    <article className="report">
      <h2 className="report-title">{report.title}</h2>
      <p>{texts.date(new Date(batch.at))}</p>
      <ul className="report-summary">
        <li>{heading(items.length)}</li>
        {STANDINGS.filter((name) => counts[name] > 0).map((name) => (
          <li key={name}>{standings[name](counts[name])}</li>
        ))}
      </ul>
      <table className="report-table">
        <thead>
          <tr>
            <th scope="col">{columns.place}</th>
            <th scope="col">{columns.picture}</th>
            <th scope="col">{columns.name}</th>
            <th scope="col">{columns.read}</th>
            <th scope="col">{columns.sure}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item, index) => {
            const text = textOf(item);
            return (
              <tr key={item.key} data-uncertain={standingOf(item) === 'check'}>
                <td>{texts.count(index + 1)}</td>
                <td>
                  <Thumbnail item={item} className="report-picture" />
                </td>
                <td>{nameOf(item, batch)}</td>
                <td className="report-read">{text === '' ? noDigit : texts.inOneLine(text ?? '')}</td>
                <td>{stateInWords(item)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </article>
  );
}
