import type { ActionName } from '@inkqueue/shared/contracts/console';
import { useEffect, useId, useRef } from 'react';
import type { QueueWatch } from '../actions/queue-watch.ts';
import { CONSOLE_PATH } from '../state/place.ts';
import type { OperatorState } from '../state/queue-place.ts';
import { failureText } from '../texts/failures.ts';
import { texts } from '../texts/texts.ts';
import { DocumentLink } from '../widgets/document-link.tsx';

const ACTIONS: readonly ActionName[] = ['pause', 'drain', 'resume', 'retry-failed', 'purge'];

type OperateActions = Pick<QueueWatch, 'enter' | 'ask' | 'confirm' | 'takeBack'>;

/** Lets somebody in who has the console's password. The browser asks for it. */
export function SignIn({ operator, actions }: { operator: OperatorState; actions: OperateActions }) {
  const words = texts.queue.operate;
  const isEntering = operator.phase === 'entering';
  return (
    <div className="sign-in">
      <button
        type="button"
        className="button"
        // Not `disabled`, which would lose the focus.
        aria-disabled={isEntering}
        onClick={() => {
          if (!isEntering) void actions.enter();
        }}
      >
        {isEntering ? words.entering : words.enter}
      </button>
      <p className="operate-said" role="status">
        {said(operator)}
      </p>
    </div>
  );
}

/** What an operator can do to the queue. */
export function Operate(props: {
  operator: OperatorState;
  /** How many pictures are in the queue. */
  pictures: number;
  actions: OperateActions;
}) {
  const { operator } = props;
  const heading = useId();
  const start = useRef<HTMLHeadingElement>(null);
  // The button that let somebody in is gone.
  useEffect(() => start.current?.focus({ preventScroll: true }), []);
  return (
    <section className="queue-part operate" aria-labelledby={heading}>
      <h3 id={heading} ref={start} tabIndex={-1}>
        {texts.queue.operate.heading}
      </h3>
      <Actions {...props} />
      <p className="operate-said" role="status">
        {said(operator)}
      </p>
      {operator.seen && <Audit entries={operator.seen.audit} />}
    </section>
  );
}

function Actions(props: Parameters<typeof Operate>[0]) {
  const { operator, pictures, actions } = props;
  const words = texts.queue.operate;
  return (
    <>
      <ul className="operate-actions">
        {ACTIONS.map((name) => (
          <li key={name}>
            <button
              type="button"
              className="button"
              aria-describedby={`about-${name}`}
              aria-disabled={operator.acting !== null}
              onClick={() => {
                if (operator.acting === null) void actions.ask(name);
              }}
            >
              {words.actions[name]}
            </button>
            <span id={`about-${name}`} className="activity-note">
              {words.about[name]}
            </span>
          </li>
        ))}
      </ul>
      {operator.asked && (
        <Sure
          question={words.sure(pictures)}
          onConfirm={() => void actions.confirm(operator.asked!)}
          onKeep={actions.takeBack}
        />
      )}
      <DocumentLink className="operate-console" href={CONSOLE_PATH}>
        {words.console}
      </DocumentLink>
    </>
  );
}

/** Asks once more. The focus stands on what changes nothing, and goes back to where it was. */
function Sure(props: { question: string; onConfirm: () => void; onKeep: () => void }) {
  const keep = useRef<HTMLButtonElement>(null);
  const words = texts.queue.operate;
  useEffect(() => {
    const before = document.activeElement;
    keep.current?.focus();
    return () => (before as HTMLElement | null)?.focus();
  }, []);
  return (
    <fieldset className="operate-sure">
      <legend>{props.question}</legend>
      <button type="button" className="button operate-confirm" onClick={props.onConfirm}>
        {words.confirm}
      </button>
      <button ref={keep} type="button" className="button button-quiet" onClick={props.onKeep}>
        {words.keep}
      </button>
    </fieldset>
  );
}

function Audit({ entries }: { entries: NonNullable<OperatorState['seen']>['audit'] }) {
  const words = texts.queue.operate;
  return (
    <details className="lasts">
      <summary>{words.audit}</summary>
      {entries.length === 0 && <p className="activity-note">{words.nobody}</p>}
      <ul className="reasons">
        {entries.map(({ at, action, by, result }) => (
          <li key={`${at} ${action}`}>
            <span>
              <strong>{action}</strong> <span lang="en">{result}</span>
            </span>{' '}
            <span className="activity-note">{words.entry(by, new Date(at))}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function said({ failure, done }: OperatorState): string {
  const words = texts.queue.operate;
  if (failure === 'wrong-password') return words.wrongPassword;
  if (failure) return failureText(failure).what;
  return done ? words.done(done) : '';
}
