import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { createActivityWatch } from './actions/activity-watch.ts';
import { createBatchTracker } from './actions/batch-tracker.ts';
import { createFeedbackActions } from './actions/feedback-actions.ts';
import { createPageActions } from './actions/page-actions.ts';
import { createPredictionTracker } from './actions/prediction-tracker.ts';
import { createBatchClient } from './api/batches.ts';
import { createCancel } from './api/cancel.ts';
import { createSendFeedback } from './api/feedback.ts';
import { createFollowBatch } from './api/follow-batch.ts';
import { createPolls } from './api/polls.ts';
import { createPredictionClient } from './api/predictions.ts';
import { createJsonRequest } from './api/request.ts';
import { createSubscriptions } from './api/subscriptions.ts';
import { sendForm } from './api/upload.ts';
import { App } from './app.tsx';
import { createHistory } from './history/history.ts';
import { createRecorder } from './history/recorder.ts';
import { createNavigation } from './navigation.ts';
import { createSessionKeeper, loadSession } from './session-keeper.ts';
import { FIRST_VISIT, nextPage } from './state/page.ts';
import { withSession } from './state/session.ts';
import { createStore } from './state/store.ts';
import { firstPaint } from './widgets/first-paint.ts';
import './styles/tokens.css';
import './styles/page.css';
import './styles/sheet.css';
import './styles/answer.css';
import './styles/bars.css';
import './styles/network-input.css';
import './styles/feedback.css';
import './styles/images.css';
import './styles/stage.css';
import './styles/disclosure.css';
import './styles/places.css';
import './styles/numbers.css';

/** Finished predictions in this browser's history. */
const HISTORY_MAX = 200;

const saved = loadSession(() => sessionStorage);
const firstState = { ...FIRST_VISIT, online: navigator.onLine };
const store = createStore(saved ? withSession(firstState, saved) : firstState, nextPage);
const request = createJsonRequest(async (input, init) => {
  try {
    const response = await fetch(input, init);
    store.dispatch({ type: 'reachable', reachable: true });
    return response;
  } catch (error) {
    if (!init?.signal?.aborted) store.dispatch({ type: 'reachable', reachable: false });
    throw error;
  }
});
const client = createPredictionClient(request);
const batchClient = createBatchClient(request, sendForm);
// Not by `request`: nothing on the page tells whether it arrives.
const cancel = createCancel(fetch);
const subscriptions = createSubscriptions({
  polls: createPolls(request, client),
  // The socket's code is fetched after the first paint, which does not wait for it.
  async connect(listener) {
    await firstPaint();
    const { connectSocket } = await import('./api/socket.ts');
    connectSocket(listener);
  },
  onChannel(channel) {
    store.dispatch({ type: 'channel', channel });
    if (channel === 'socket') actions.retryUnreached();
  },
});
const activityWatch = createActivityWatch({
  subscribe: subscriptions.subscribe,
  emit: (event) => store.dispatch({ type: 'activity', event }),
});
const tracker = createPredictionTracker({
  client,
  cancel,
  subscribe: subscriptions.subscribe,
  emit: (key, event) => store.dispatch({ type: 'prediction', key, event }),
  now: () => performance.now(),
});
const batches = createBatchTracker({
  client: batchClient,
  cancel,
  follow: createFollowBatch(batchClient, subscriptions),
  takeToken: tracker.drop,
  emit: (events) => store.dispatch({ type: 'predictions', events }),
  onUpload: (share) => store.dispatch({ type: 'uploaded', share }),
  now: () => performance.now(),
});
const history = createHistory({ storage: () => localStorage, max: HISTORY_MAX });
const actions = createPageActions({ store, tracker, batches, history });
const recorder = createRecorder(history, store.state(), saved?.drawingId);
const session = createSessionKeeper({
  storage: () => sessionStorage,
  store,
  drawingId: recorder.drawingId,
});
const navigation = createNavigation(actions.visit);
const feedback = createFeedbackActions(store, createSendFeedback(request));

/** Files may be dropped at any place; their images appear on the desk. */
function addImages(files: readonly File[]): void {
  // The desk stands before the images come, so that it notices how many are new.
  if (store.state().place.name !== 'desk') flushSync(() => navigation.go({ name: 'desk' }));
  actions.addImages(files);
}

document.addEventListener('visibilitychange', () => {
  activityWatch.setVisible(!document.hidden);
  // A phone may end a hidden page without a word.
  if (document.hidden) session.save();
});
store.subscribe(() => recorder.changed(store.state()));
store.subscribe(session.changed);
addEventListener('pagehide', recorder.flush);
addEventListener('pagehide', session.save);
addEventListener('storage', ({ key }) => history.reload(key));
addEventListener('offline', () => store.dispatch({ type: 'online', online: false }));
addEventListener('online', () => {
  store.dispatch({ type: 'online', online: true });
  actions.retryUnreached();
});
addEventListener('keydown', (event) => {
  if (store.state().place.name !== 'desk') return;
  if (event.key !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
  event.preventDefault();
  actions.changeSheet({ type: 'undo' });
});

actions.resume();

createRoot(document.getElementById('root')!).render(
  <App
    store={store}
    actions={actions}
    feedback={feedback}
    history={history}
    onFiles={addImages}
    onActivity={activityWatch.setOpen}
  />,
);
