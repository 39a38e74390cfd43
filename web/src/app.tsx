import { type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react';
import type { BatchActions } from './actions/batch-actions.ts';
import type { FeedbackActions } from './actions/feedback-actions.ts';
import type { ModelActions } from './actions/model-actions.ts';
import type { PageActions } from './actions/page-actions.ts';
import type { WhyActions } from './actions/why-actions.ts';
import type { QueuePage as QueuePageComponent } from './activity/queue-page.tsx';
import type { FeedbackProps } from './answer/answer-view.tsx';
import { ConnectionNote } from './connection-note.tsx';
import { Desk } from './desk.tsx';
import { Footer } from './footer.tsx';
import type { BatchRecords } from './history/batch-records.ts';
import type { History } from './history/history.ts';
import { DropZone } from './images/drop-zone.tsx';
import { Notice } from './images/notice.tsx';
import { Masthead } from './masthead.tsx';
import { Missing } from './missing.tsx';
import { findBatch } from './state/batch/batch.ts';
import type { Language } from './state/language.ts';
import type { PageStore } from './state/page.ts';
import type { Place } from './state/place.ts';
import { texts } from './texts/texts.ts';
import { LanguageContext } from './widgets/language-context.ts';
import { LatePart, lateCode } from './widgets/late-part.tsx';

const historyView = lateCode(() => import('./history/history-view.tsx'));
const batchView = lateCode(() => import('./batch/batch-view.tsx'));
const queuePage = lateCode(() => import('./activity/queue-page.tsx'));
const resultPlace = lateCode(() => import('./result-place.tsx'));
const modelView = lateCode(() => import('./model/model-view.tsx'));

/** The page at its place: the desk, the history, the queue, one result, one batch, or one model. */
export function App(props: {
  store: PageStore;
  actions: PageActions;
  feedback: FeedbackActions;
  why: WhyActions;
  models: ModelActions;
  history: History;
  records: BatchRecords;
  batches: BatchActions;
  onFiles: (files: readonly File[]) => void;
  onLanguage: (language: Language) => void;
  onAddress: (address: string) => void;
  /** Called when the activity panel is opened or closed. */
  onActivity: (open: boolean) => void;
  /** How the page of the queue asks the service. */
  service: Parameters<typeof QueuePageComponent>[0]['service'];
}) {
  const { store, actions } = props;
  const state = useSyncExternalStore(store.subscribe, store.state);
  const feedback: FeedbackProps = { all: state.feedback, ...props.feedback };
  const { place, model } = state;
  const batch = place.name === 'batch' ? findBatch(state.batches, place.id) : null;
  return (
    <LanguageContext value={state.language.current}>
      <Masthead place={place} />
      <Main place={place} language={state.language.current}>
        {place.name === 'desk' && (
          <Desk
            state={state}
            actions={actions}
            feedback={feedback}
            why={props.why}
            onActivity={props.onActivity}
          />
        )}
        {batch && (
          <LatePart of={batchView}>
            {({ BatchView }) => <BatchView key={batch.key} batch={batch} actions={props.batches} />}
          </LatePart>
        )}
        {place.name === 'result' && (
          <LatePart of={resultPlace}>
            {({ ResultPlace }) => (
              <ResultPlace state={state} feedback={feedback} why={props.why} actions={actions} />
            )}
          </LatePart>
        )}
        {place.name === 'missing' && <Missing />}
        {place.name === 'history' && (
          <LatePart of={historyView}>
            {({ HistoryView }) => (
              <HistoryView
                history={props.history}
                records={props.records}
                onRemoveBatch={props.batches.close}
              />
            )}
          </LatePart>
        )}
        {place.name === 'queue' && (
          <LatePart of={queuePage}>{({ QueuePage }) => <QueuePage service={props.service} />}</LatePart>
        )}
        {place.name === 'model' && model && (
          <LatePart of={modelView}>
            {({ ModelView }) => <ModelView model={model} onRetry={() => props.models.open(place.model)} />}
          </LatePart>
        )}
      </Main>
      <Footer language={state.language} onLanguage={props.onLanguage} />
      <ConnectionNote state={state} />
      <DropZone onFiles={props.onFiles} onAddress={props.onAddress} onNotice={actions.notice} />
      <Notice code={state.notice} onClose={() => actions.notice(null)} />
    </LanguageContext>
  );
}

/** Takes the focus when the place changes, so that screen readers start there. */
function Main(props: { place: Place; language: Language; children: ReactNode }) {
  const { place, language } = props;
  const main = useRef<HTMLElement>(null);
  const before = useRef(place);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = texts.titles[place.name];
  }, [place, language]);
  useEffect(() => {
    if (before.current !== place) main.current?.focus({ preventScroll: true });
    before.current = place;
  }, [place]);
  return (
    <main ref={main} className={`main main-${place.name}`} tabIndex={-1}>
      {props.children}
    </main>
  );
}
