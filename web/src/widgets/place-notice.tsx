import type { ReactNode } from 'react';
import type { Failure } from '../state/prediction/failure.ts';
import { resultFailureText } from '../texts/failures.ts';
import { texts } from '../texts/texts.ts';
import { useSecondsUntil } from './failure-note.tsx';

/** In a place that has nothing to show: why, and what to do next. `children` are the ways on. */
export function PlaceNotice(props: {
  what: string;
  next: ReactNode;
  /** Screen readers say at once what people do not expect. */
  role?: 'alert';
  children: ReactNode;
}) {
  return (
    <section className="notice" role={props.role}>
      <h2 className="notice-what">{props.what}</h2>
      <p className="notice-next">{props.next}</p>
      <div className="notice-steps">{props.children}</div>
    </section>
  );
}

/** Why what a link names cannot be shown: in the failure's own `text` or else as of a result. `children` stand beside the next try. */
export function FailureNotice(props: {
  /** `retryAt` where the page itself tries again. */
  failure: Pick<Failure, 'code' | 'retryable'> & Partial<Failure>;
  text?: { what: string; next: string } | undefined;
  onRetry: () => void;
  children?: ReactNode;
}) {
  const { failure } = props;
  const { what, next } = props.text ?? resultFailureText(failure.code);
  const seconds = useSecondsUntil(failure.retryAt ?? null);
  return (
    <PlaceNotice
      role="alert"
      what={what}
      next={
        <>
          {next} {seconds !== null && <span aria-hidden="true">{texts.retryIn(seconds)}</span>}
        </>
      }
    >
      {failure.retryable && (
        <button type="button" className="button" onClick={props.onRetry}>
          {texts.retryNow}
        </button>
      )}
      {props.children}
    </PlaceNotice>
  );
}
