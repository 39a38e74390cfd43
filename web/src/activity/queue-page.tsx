import { useEffect, useState, useSyncExternalStore } from 'react';
import { createQueueWatch } from '../actions/queue-watch.ts';
import { FIRST_LOOK, nextQueuePlace } from '../state/queue-place.ts';
import { createStore } from '../state/store.ts';
import { QueueView } from './queue-view.tsx';

type Service = Omit<Parameters<typeof createQueueWatch>[0], 'emit'>;

/** The page of the queue, with a state of its own: who comes back looks anew. */
export function QueuePage({ service }: { service: Service }) {
  const [{ store, watch }] = useState(() => {
    const made = createStore(FIRST_LOOK, nextQueuePlace);
    return { store: made, watch: createQueueWatch({ ...service, emit: made.dispatch }) };
  });
  const state = useSyncExternalStore(store.subscribe, store.state);
  useEffect(() => {
    const update = () => watch.setVisible(!document.hidden);
    update();
    document.addEventListener('visibilitychange', update);
    watch.start();
    return () => {
      document.removeEventListener('visibilitychange', update);
      watch.stop();
    };
  }, [watch]);
  return <QueueView state={state} actions={watch} />;
}
