import './jitless.ts';
import { createRoot } from 'react-dom/client';
import { createFollower } from './api/follower.ts';
import { createPredictionClient } from './api/predictions.ts';
import { App } from './app.tsx';
import { createPageActions } from './page-actions.ts';
import { createReader } from './reading/reader.ts';
import { firstVisit, nextPage } from './state/page.ts';
import { createStore } from './state/store.ts';
import './styles/tokens.css';
import './styles/page.css';
import './styles/sheet.css';
import './styles/answer.css';
import './styles/pictures.css';

const store = createStore({ ...firstVisit, online: navigator.onLine }, nextPage);
const client = createPredictionClient((input, init) => fetch(input, init));
const follower = createFollower({
  client,
  // The socket's code is fetched once the page stands: the first paint does not wait for it.
  async connect(listener) {
    await new Promise((painted) => requestAnimationFrame(painted));
    const { connectSocket } = await import('./api/socket.ts');
    return connectSocket(listener);
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
const actions = createPageActions(store, reader);

addEventListener('offline', () => store.dispatch({ type: 'online', online: false }));
addEventListener('online', () => {
  store.dispatch({ type: 'online', online: true });
  actions.retryUnreached();
});
addEventListener('keydown', (event) => {
  if (event.key !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
  event.preventDefault();
  actions.changeSheet({ type: 'undo' });
});

createRoot(document.getElementById('root')!).render(<App store={store} actions={actions} />);
