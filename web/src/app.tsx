import { lazy, type ReactNode, Suspense, useEffect, useRef, useSyncExternalStore } from 'react';
import type { FeedbackActions } from './actions/feedback-actions.ts';
import type { PageActions } from './actions/page-actions.ts';
import { AnswerView, type FeedbackProps } from './answer/answer-view.tsx';
import { ConnectionNote } from './connection-note.tsx';
import { Desk } from './desk.tsx';
import type { History } from './history/history.ts';
import { DropZone } from './images/drop-zone.tsx';
import { Masthead } from './masthead.tsx';
import { OwnCopyView } from './result/own-copy-view.tsx';
import { ResultView } from './result/result-view.tsx';
import { LINKED, ownCopy, type PageState, type PageStore, selectedDigit } from './state/page.ts';
import type { Place } from './state/place.ts';
import { texts } from './texts/texts.ts';

const HistoryView = lazy(async () => ({
  default: (await import('./history/history-view.tsx')).HistoryView,
}));

/** The page at its place: the desk, the history, or one result. */
export function App(props: {
  store: PageStore;
  actions: PageActions;
  feedback: FeedbackActions;
  history: History;
  onFiles: (files: readonly File[]) => void;
  /** Called when the activity panel is opened or closed. */
  onActivity: (open: boolean) => void;
}) {
  const { store, actions } = props;
  const state = useSyncExternalStore(store.subscribe, store.state);
  const feedback: FeedbackProps = { all: state.feedback, ...props.feedback };
  const { place } = state;
  return (
    <>
      <Masthead place={place} />
      <Main place={place}>
        {place.name === 'desk' && (
          <Desk state={state} actions={actions} feedback={feedback} onActivity={props.onActivity} />
        )}
        {place.name === 'result' && <Result state={state} feedback={feedback} actions={actions} />}
        {place.name === 'history' && (
          <Suspense>
            <HistoryView history={props.history} />
          </Suspense>
        )}
      </Main>
      <ConnectionNote state={state} />
      <DropZone onFiles={props.onFiles} />
    </>
  );
}

/** Takes the focus when the place changes, so that screen readers start there. */
function Main({ place, children }: { place: Place; children: ReactNode }) {
  const main = useRef<HTMLElement>(null);
  const before = useRef(place);
  useEffect(() => {
    document.title = texts.titles[place.name];
    if (before.current !== place) main.current?.focus({ preventScroll: true });
    before.current = place;
  }, [place]);
  return (
    <main ref={main} className="main" tabIndex={-1}>
      {children}
    </main>
  );
}

function Result(props: { state: PageState; feedback: FeedbackProps; actions: PageActions }) {
  const { state, actions } = props;
  const { linked } = state;
  const selected = selectedDigit(state, LINKED, linked);
  const onRetry = () => actions.retry(LINKED);
  const copy = ownCopy(state);
  if (copy) return <OwnCopyView entry={copy} />;
  const at = linked.prediction?.created_at;
  return (
    <ResultView
      tracked={linked}
      selection={{ selected, onSelect: (index) => actions.selectDigit(LINKED, index) }}
      onRetry={onRetry}
      answer={
        <AnswerView
          tracked={linked}
          image={at === undefined ? null : { name: texts.result.title(new Date(at)), thumbnail: null }}
          feedback={props.feedback}
          selected={selected}
          networkInputApart
          onRetry={onRetry}
        />
      }
    />
  );
}
