import { Fragment, useEffect, useRef } from 'react';
import { texts } from '../texts/texts.ts';

const CTRL = /mac|iphone|ipad/i.test(navigator.platform) ? '⌘' : 'Ctrl';

/** The page's keys. */
export function Keys({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { help } = texts;
  const { keys, actions } = help;

  useEffect(() => dialog.current?.showModal(), []);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself
    <dialog
      ref={dialog}
      className="help"
      aria-label={help.heading}
      onClose={onClose}
      onClick={({ target }) => target === dialog.current && dialog.current.close()}
    >
      <div className="help-body">
        <h2 className="help-heading">{help.heading}</h2>
        <Section
          name={help.page}
          rows={[
            [actions.help, ['?']],
            [texts.undo, [`${CTRL} Z`]],
            [texts.redo, [`${CTRL} Shift Z`, `${CTRL} Y`]],
            [actions.paste, [`${CTRL} V`]],
          ]}
        />
        <Section
          name={help.sheet}
          rows={[
            [actions.move, [keys.arrows]],
            [actions.pen, [keys.space]],
            [actions.giveUp, ['Esc']],
            [actions.eraser, ['E']],
          ]}
        />
        <Section name={help.number} rows={[[actions.choose, [keys.arrows]]]} />
        <Section
          name={help.batch}
          rows={[
            [actions.go, [keys.arrows]],
            [actions.ends, ['Home', 'End']],
            [actions.setRight, ['0–9']],
          ]}
        />
        <button type="button" className="button" onClick={() => dialog.current?.close()}>
          {texts.close}
        </button>
      </div>
    </dialog>
  );
}

/** Each row is an action and the keys that do it, any one of them. */
function Section({ name, rows }: { name: string; rows: readonly (readonly [string, readonly string[]])[] }) {
  return (
    <section aria-label={name}>
      <h3 className="help-section">{name}</h3>
      <dl className="help-keys">
        {rows.map(([action, ways]) => (
          <div key={action} className="help-row">
            <dt>{action}</dt>
            <dd>
              {ways.map((way, index) => (
                <Fragment key={way}>
                  {index > 0 && ` ${texts.help.or} `}
                  <kbd>{way}</kbd>
                </Fragment>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
