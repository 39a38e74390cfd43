import { type ReactNode, useId } from 'react';
import { type Arrangement, STANDINGS, type Standing } from '../state/batch/standing.ts';
import { texts } from '../texts/texts.ts';

/** Fewer pictures are found at a glance. */
const SEARCHED_MIN = 25;

/** The summary of a batch, of which each part shows its pictures alone; a search; their order, and cards or a table. */
export function Arrange(props: {
  counts: Readonly<Record<Standing, number>>;
  all: number;
  arrangement: Arrangement;
  view: 'cards' | 'table';
  onArrange: (next: Partial<Arrangement>) => void;
  onView: (view: 'cards' | 'table') => void;
}) {
  const { counts, all, arrangement, view, onArrange } = props;
  const { batchPlace } = texts;
  const search = useId();
  const standing = (name: Standing | null, words: string) => (
    <li key={name ?? 'all'}>
      <button
        type="button"
        className="standing"
        data-standing={name}
        aria-pressed={arrangement.standing === name}
        onClick={() => onArrange({ standing: name })}
      >
        {words}
      </button>
    </li>
  );
  return (
    <div className="arrange">
      <ul className="standings" aria-label={batchPlace.filters}>
        {standing(null, batchPlace.all(all))}
        {STANDINGS.filter((name) => counts[name] > 0 || arrangement.standing === name).map((name) =>
          standing(name, batchPlace.standings[name](counts[name])),
        )}
      </ul>
      <div className="arrange-ways">
        {all >= SEARCHED_MIN && (
          <>
            <label htmlFor={search} className="visually-hidden">
              {texts.search}
            </label>
            <input
              id={search}
              type="search"
              className="history-search"
              placeholder={texts.search}
              value={arrangement.query}
              onChange={(event) => onArrange({ query: event.target.value })}
            />
          </>
        )}
        <Choice
          label={batchPlace.order.label}
          value={arrangement.order}
          options={{ doubtful: batchPlace.order.doubtful, sent: batchPlace.order.sent }}
          onChoose={(order) => onArrange({ order })}
        />
        <Choice
          label={batchPlace.view.label}
          value={view}
          options={{ cards: batchPlace.view.cards, table: batchPlace.view.table }}
          onChoose={props.onView}
        />
      </div>
    </div>
  );
}

/** One of two, both in view. */
function Choice<Value extends string>(props: {
  label: string;
  value: Value;
  options: Record<Value, string>;
  onChoose: (value: Value) => void;
}): ReactNode {
  return (
    <fieldset className="choice">
      <legend className="visually-hidden">{props.label}</legend>
      {(Object.keys(props.options) as Value[]).map((value) => (
        <button
          key={value}
          type="button"
          className="choice-option"
          aria-pressed={props.value === value}
          onClick={() => props.onChoose(value)}
        >
          {props.options[value]}
        </button>
      ))}
    </fieldset>
  );
}
