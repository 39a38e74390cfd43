import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { createActivityWatch } from './actions/activity-watch.ts';
import { createBatchActions } from './actions/batch-actions.ts';
import { createFeedbackActions } from './actions/feedback-actions.ts';
import { SINGLES_MAX } from './actions/image-actions.ts';
import { createLanguageActions } from './actions/language-actions.ts';
import { createModelActions } from './actions/model-actions.ts';
import { createPageActions } from './actions/page-actions.ts';
import { createBatchTracker } from './actions/sending/batch-tracker.ts';
import { createLoadImage } from './actions/sending/load-image.ts';
import { createPredictionTracker } from './actions/sending/prediction-tracker.ts';
import { createWhyActions } from './actions/why-actions.ts';
import { createBatchClient } from './api/batches.ts';
import { createCancel } from './api/cancel.ts';
import { createSendFeedback } from './api/feedback.ts';
import { createFollowBatch } from './api/follow-batch.ts';
import { createPolls } from './api/polls.ts';
import { createPredictionClient } from './api/predictions.ts';
import { createJsonRequest } from './api/request.ts';
import { createSubscriptions } from './api/subscriptions.ts';
import { type SendForm, sendForm } from './api/upload.ts';
import { App } from './app.tsx';
import { firstPaint } from './browser/first-paint.ts';
import { firstTouch } from './browser/first-touch.ts';
import { createBatchRecords } from './history/batch-records.ts';
import { createHistory } from './history/history.ts';
import { createRecorder } from './history/recorder.ts';
import { createNavigation } from './navigation.ts';
import { createPrepareImage } from './prepare/prepare-image.ts';
import { keepPage } from './service-worker.ts';
import { createSessionKeeper, loadSession } from './session-keeper.ts';
import { listenToShortcuts } from './shortcuts.ts';
import { addressOf, findBatch } from './state/batch/batch.ts';
import { FIRST_VISIT, nextPage } from './state/page.ts';
import { withSession } from './state/session.ts';
import { createStore } from './state/store.ts';
import './styles/tokens.css';
import './styles/page.css';
import './styles/sheet.css';
import './styles/ways.css';
import './styles/answer.css';
import './styles/journey.css';
import './styles/bars.css';
import './styles/network-input.css';
import './styles/why.css';
import './styles/program.css';
import './styles/feedback.css';
import './styles/images.css';
import './styles/examples.css';
import './styles/stage.css';
import './styles/disclosure.css';
import './styles/places.css';
import './styles/numbers.css';
import './styles/footer.css';
import './styles/help.css';
import './styles/adaptations.css';

/** Finished predictions in this browser's history. */
const HISTORY_MAX = 200;

const storages = { tab: () => sessionStorage, browser: () => localStorage };
const saved = loadSession(storages);
const firstState = { ...FIRST_VISIT, online: navigator.onLine };
const store = createStore(saved ? withSession(firstState, saved) : firstState, nextPage);
/** The response, after noting whether there was one. */
async function noted(response: Promise<Response>, signal?: AbortSignal | null): Promise<Response> {
  try {
    const arrived = await response;
    store.dispatch({ type: 'reachable', reachable: true });
    return arrived;
  } catch (error) {
    if (!signal?.aborted) store.dispatch({ type: 'reachable', reachable: false });
    throw error;
  }
}
const request = createJsonRequest((input, init) => noted(fetch(input, init), init?.signal));
const send: SendForm = (path, body, options) => noted(sendForm(path, body, options), options.signal);
const client = createPredictionClient(request, send);
const batchClient = createBatchClient(request, send);
// Not by `request`: nothing on the page tells whether it arrives.
const cancel = createCancel(fetch);
const subscriptions = createSubscriptions({
  polls: createPolls(request, client),
  // The socket's code is fetched once somebody uses the page: a first view does without it, and whoever only looks holds no socket.
  async connect(listener) {
    await firstPaint();
    if (!saved && store.state().place.name === 'desk') await firstTouch();
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
  findPlace: client.find,
  cancel,
  subscribe: subscriptions.subscribe,
  emit: (key, event) => store.dispatch({ type: 'prediction', key, event }),
  now: () => performance.now(),
});
const load = createLoadImage(store, createPrepareImage());
const batchTracker = createBatchTracker({
  client: batchClient,
  cancel,
  load,
  follow: createFollowBatch({ ...batchClient, find: client.find }, subscriptions),
  takeToken: tracker.drop,
  emit: (events) => store.dispatch({ type: 'batches', event: { type: 'predictions', events } }),
  onNames: (names) => store.dispatch({ type: 'batches', event: { type: 'named', names } }),
  now: () => performance.now(),
});
const history = createHistory({ storage: () => localStorage, max: HISTORY_MAX });
const sendFeedback = createSendFeedback(request);
const records = createBatchRecords({ storage: () => localStorage });
const batches = createBatchActions({
  store,
  tracker: batchTracker,
  client: batchClient,
  find: records.find,
  sendFeedback,
  go: (place) => navigation.go(place),
});
const actions = createPageActions({ store, tracker, batches, load, history });
const why = createWhyActions({ store, client, imageOf: actions.imageOf });
const recorder = createRecorder(history, store.state(), saved?.drawingId);
const session = createSessionKeeper({
  ...storages,
  store,
  drawingId: recorder.drawingId,
});
const models = createModelActions({
  store,
  client: async () => (await import('./api/models.ts')).createModelClient(request),
});
const navigation = createNavigation((place) => {
  actions.visit(place);
  models.visit(place);
});
const language = createLanguageActions({
  store,
  storage: () => localStorage,
  wanted: navigator.languages,
});
const feedback = createFeedbackActions(store, sendFeedback);

/** Pictures may be dropped or pasted at any place: a handful appears on the desk, which then notices how many are new. */
function toDesk(): void {
  if (store.state().place.name !== 'desk') flushSync(() => navigation.go({ name: 'desk' }));
}
function addImages(files: readonly File[]): void {
  // More of them have a place of their own.
  if (files.length <= SINGLES_MAX) toDesk();
  actions.addImages(files, 'file');
}
function addAddress(address: string): void {
  toDesk();
  actions.addAddress(address);
}

/** The address of a batch has the ids that the service knows it by as soon as there are any: so it can be shared. */
function readdress(): void {
  const { place, batches: all } = store.state();
  const batch = place.name === 'batch' ? findBatch(all, place.id) : null;
  if (batch) navigation.readdress({ name: 'batch', id: addressOf(batch) });
}

document.addEventListener('visibilitychange', () => {
  activityWatch.setVisible(!document.hidden);
  // A phone may end a hidden page without a word.
  if (!document.hidden) {
    session.comeBack();
    return;
  }
  session.leave();
  records.save();
});
store.subscribe(() => recorder.changed(store.state()));
store.subscribe(session.changed);
store.subscribe(() => records.changed(store.state().batches));
store.subscribe(readdress);
addEventListener('pagehide', recorder.flush);
addEventListener('pagehide', session.leave);
addEventListener('pagehide', records.save);
addEventListener('storage', ({ key }) => {
  history.reload(key);
  records.reload(key);
  language.reload(key);
});
addEventListener('offline', () => store.dispatch({ type: 'online', online: false }));
addEventListener('online', () => {
  store.dispatch({ type: 'online', online: true });
  actions.retryUnreached();
});
listenToShortcuts(() => store.state().place.name === 'desk', actions.changeSheet);

void keepPage();
actions.resume();
await language.begin();

createRoot(document.getElementById('root')!).render(
  <App
    store={store}
    actions={actions}
    feedback={feedback}
    why={why}
    models={models}
    history={history}
    records={records}
    batches={batches}
    onFiles={addImages}
    onLanguage={language.choose}
    onAddress={addAddress}
    onActivity={activityWatch.setOpen}
    service={{ request, subscribe: subscriptions.subscribe }}
  />,
);
