import { setTimeout as delay } from 'node:timers/promises';
import { predictResponse } from '@inkqueue/shared/contracts/api';
import { until } from '../../integration/until.ts';
import { wordsFor } from '../load/client.ts';
import { upload } from '../load/submit.ts';
import type { Fault, Target } from './fault.ts';

const RECOVERED_WITHIN_MS = 60_000;
const PROBE_TIMEOUT_MS = 5_000;

/** One time that a fault happened. Milliseconds. */
export interface Incident {
  name: string;
  /** From the fault's beginning until it was mended. */
  lasted: number;
  /** From then until each api had a digit read again. */
  answering: number;
  /** From then until all that clients were waiting for when it was mended had ended. */
  settled: number;
}

/**
 * Every fault in random order, again and again with pauses, until enough was accepted and each happened once, or the time is
 * over.
 */
export async function runFaults(
  faults: readonly Fault[],
  target: Target,
  options: {
    pauseMs: { least: number; most: number };
    isEnough: () => boolean;
    isTimeOver: () => boolean;
    /** After so long the next fault may come while clients still wait for what the one before held up. */
    patienceMs: number;
    onFault: (name: string) => void;
  },
): Promise<Incident[]> {
  const { pauseMs, isEnough, isTimeOver, patienceMs, onFault } = options;
  const incidents: Incident[] = [];
  const allSettling: Promise<void>[] = [];
  const isOver = (round: number) => isTimeOver() || (round > 0 && isEnough());
  for (let round = 0; !isOver(round); round++) {
    for (const fault of target.random.shuffle(faults)) {
      if (isOver(round)) break;
      await delay(target.random.between(pauseMs.least, pauseMs.most));
      onFault(fault.name);
      const { incident, settling } = await runFault(fault, target, { patienceMs });
      incidents.push(incident);
      allSettling.push(settling);
    }
  }
  onFault('');
  await Promise.all(allSettling);
  return incidents;
}

/** Resolves when the service has recovered; `settled` is written into what it returns, and may come later. */
async function runFault(
  fault: Fault,
  target: Target,
  { patienceMs }: { patienceMs: number },
): Promise<{ incident: Incident; settling: Promise<void> }> {
  const { ledger } = target;
  const fail = (error: Error) => void ledger.offences.push(`${fault.name}: ${error.message}`);
  await fault.prepare?.(target).catch(fail);
  const began = performance.now();
  const cleanUp = await fault.run(target).catch(fail);
  const mended = performance.now();
  const since = () => performance.now() - mended;
  const never = Number.POSITIVE_INFINITY;
  const incident = { name: fault.name, lasted: mended - began, answering: never, settled: never };
  const waited = [...ledger.open];
  const settling = until(
    'all has ended',
    () => waited.every((id) => !ledger.open.has(id)),
    RECOVERED_WITHIN_MS,
  ).then(
    () => {
      incident.settled = since();
    },
    () => {},
  );
  await untilAnswering(target).then(() => {
    incident.answering = since();
  }, fail);
  await Promise.race([settling, delay(patienceMs)]);
  await cleanUp?.().catch(fail);
  return { incident, settling };
}

/** Waits until each api reads a digit. @throws Error when that takes too long */
async function untilAnswering({ service, pictures }: Target): Promise<void> {
  const probe = pictures.find(({ state }) => state === 'succeeded 7');
  if (!probe) throw new Error('the drill has drawn no 7 to ask with');
  const answers = async (url: string) => {
    try {
      const signal = AbortSignal.timeout(PROBE_TIMEOUT_MS);
      const response = await fetch(`${url}/predict`, { ...upload(probe, 'raw'), signal });
      const text = await response.text();
      return response.status === 200 && predictResponse.parse(JSON.parse(text)).text === '7';
    } catch (error) {
      wordsFor(error);
      return false;
    }
  };
  await Promise.all(
    service.apis.map(({ url }) => until(`${url} reads a digit`, () => answers(url), RECOVERED_WITHIN_MS)),
  );
}
