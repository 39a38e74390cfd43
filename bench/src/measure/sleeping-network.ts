// Loaded before a worker (`node --import`): the network's run also sleeps, as if it waited for an accelerator or for another
// service. All else is the worker as it is.
import { setTimeout as delay } from 'node:timers/promises';
import { InferenceSession } from 'onnxruntime-node';

const SLEEP_MS = Number(process.env.BENCH_SLEEP_MS);

InferenceSession.create = new Proxy(InferenceSession.create, {
  async apply(create, self, args) {
    const session: InferenceSession = await Reflect.apply(create, self, args);
    session.run = new Proxy(session.run, {
      async apply(run, target, input) {
        await delay(SLEEP_MS);
        return Reflect.apply(run, target, input);
      },
    });
    return session;
  },
});
