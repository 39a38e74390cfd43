import { createRoot } from 'react-dom/client';
import { createBatchReader } from './actions/batch-tracker.ts';
import { createFeedbackActions } from './actions/feedback-actions.ts';
import { createPageActions } from './actions/page-actions.ts';
import { createReader } from './actions/prediction-tracker.ts';
import { createActivityWatch } from './api/activity.ts';
import { createBatchFollower } from './api/batch-follower.ts';
import { createBatchClient } from './api/batches.ts';
import { createSendFeedback } from './api/feedback.ts';
import { createFollower } from './api/follower.ts';
import { createPredictionClient } from './api/predictions.ts';
import { createJsonRequest } from './api/request.ts';
import { sendForm } from './api/upload.ts';
import { App } from './app.tsx';
import { createHistory } from './history/history.ts';
import { createRecorder } from './history/recorder.ts';
import { createNavigation } from './navigation.ts';
import { firstVisit, nextPage } from './state/page.ts';
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
import './styles/disclosure.css';
import './styles/places.css';

/** Finished predictions that this browser remembers. */
const HISTORY_MAX = 200;

const store = createStore({ ...firstVisit, online: navigator.onLine }, nextPage);
const request = createJsonRequest((input, init) => fetch(input, init));
const client = createPredictionClient(request);
const activityWatch = createActivityWatch({
  request,
  emit: (event) => store.dispatch({ type: 'activity', event }),
});
const batchClient = createBatchClient(request, sendForm);
const batchFollower = createBatchFollower(batchClient);
const follower = createFollower({
  client,
  // The socket's code is fetched once the page stands: the first paint does not wait for it.
  async connect(listener) {
    await firstPaint();
    const { connectSocket } = await import('./api/socket.ts');
    const socket = connectSocket({
      ...listener,
      connected() {
        listener.connected();
        activityWatch.setSocket(socket);
        batchFollower.connected(socket);
      },
      disconnected() {
        listener.disconnected();
        activityWatch.setSocket(null);
        batchFollower.disconnected();
      },
      activity: activityWatch.told,
      batch: ({ id }) => batchFollower.progressed(id),
    });
    return socket;
  },
  onChannel(channel) {
    store.dispatch({ type: 'channel', channel });
    if (channel === 'socket') actions.retryUnreached();
  },
});
const reader = createReader({
  client,
  follower,
  emit: (key, event) => store.dispatch({ type: 'reading', key, event }),
  now: () => performance.now(),
});
const batches = createBatchReader({
  client: batchClient,
  follower: batchFollower,
  take: reader.drop,
  emit: (events) => store.dispatch({ type: 'readings', events }),
  onUpload: (share) => store.dispatch({ type: 'uploaded', share }),
  now: () => performance.now(),
});
const history = createHistory({ storage: () => localStorage, max: HISTORY_MAX });
const actions = createPageActions({ store, reader, batches, history });
const recorder = createRecorder(history, store.state());
const navigation = createNavigation(actions.visit);

/** Files may be dropped anywhere; they are read on the desk. */
function addPictures(files: readonly File[]): void {
  if (store.state().place.name !== 'desk') navigation.go({ name: 'desk' });
  actions.addPictures(files);
}

const feedback = createFeedbackActions(store, createSendFeedback(request));

document.addEventListener('visibilitychange', () => activityWatch.setVisible(!document.hidden));
store.subscribe(() => recorder.changed(store.state()));
addEventListener('pagehide', recorder.flush);
addEventListener('storage', ({ key }) => history.stored(key));
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

createRoot(document.getElementById('root')!).render(
  <App
    store={store}
    actions={actions}
    feedback={feedback}
    history={history}
    onFiles={addPictures}
    onActivity={activityWatch.setOpen}
  />,
);
