import { setTimeout as delay } from 'node:timers/promises';
import { runMain } from '@inkqueue/shared/node/user-error';
import { audit, findLeftovers, SETTLED_WITHIN_MS } from './audit.ts';
import { chooseFaults } from './faults/all.ts';
import { preparePoison } from './faults/poison.ts';
import { runFaults } from './faults/schedule.ts';
import { createLedger } from './ledger.ts';
import type { BatchBook } from './load/batch-read.ts';
import { createClient } from './load/client.ts';
import { choosePictures, runLoad } from './load/load.ts';
import { connectFollowers } from './load/sockets.ts';
import type { Load } from './load/way.ts';
import { type Options, parseOptions, USAGE } from './options.ts';
import { drawPictures } from './pictures.ts';
import { startService } from './processes.ts';
import { publish } from './publish.ts';
import { createRandom } from './random.ts';
import { type Result, writeReport } from './report.ts';
import { describeSetting } from './setting.ts';
import { sumUp } from './sums.ts';

const APIS = 2;
const PROGRESS_MS = 5_000;
/** The last fault, the audit and the end take less, after the time for the load is over. */
const ENDS_WITHIN_MS = 6 * 60_000;

const say = (line: string) =>
  void process.stderr.write(`${String(Math.round(performance.now() / 1_000)).padStart(5)} s  ${line}\n`);

async function drill(options: Options): Promise<Result> {
  const { seed, clients, predictions, minutes } = options;
  const ledger = createLedger();
  const poison = preparePoison();
  const { faults, leftOut } = chooseFaults({ only: options.only, poison: poison.fault });
  const setting = [...describeSetting({ ...options, apis: APIS }), ...leftOut];
  for (const line of setting) say(line);
  const service = await startService({ ...options, apis: APIS, workerEnv: poison.env, ledger });
  const urls = service.apis.map(({ url }) => url);
  // Two generators: how the load goes must not change the order of the faults.
  const [random, ofFaults] = [createRandom(seed), createRandom(seed + 1)];
  const pictures = await drawPictures();
  const sockets = await connectFollowers({ urls, ledger, random });
  const client = createClient({ urls, random });
  const load: Load = { client, ledger, sockets, anyPicture: choosePictures(pictures, random) };
  const books: BatchBook[] = [];

  const began = performance.now();
  let fault = '';
  const progress = setInterval(() => {
    const { entries, open, offences } = ledger;
    say(`${entries.size} accepted, ${open.size} open, ${offences.length} offences  ${fault}`);
  }, PROGRESS_MS);
  const isTimeOver = () => performance.now() - began > 60_000 * minutes;
  const isEnough = () => ledger.entries.size >= predictions;
  let auditedAt = 0;
  const auditRest = async () => {
    const since = auditedAt;
    auditedAt = performance.now();
    await audit(load, books, { since });
  };
  const target = { service, ledger, random: ofFaults, load, pictures, audit: auditRest };
  const breaking = runFaults(faults, target, {
    pauseMs: options.pauseMs,
    isEnough,
    isTimeOver,
    patienceMs: options.patienceMs,
    onFault(name) {
      fault = name;
      if (name) say(name);
    },
  });
  let isMended = false;
  void breaking.finally(() => {
    isMended = true;
  });
  const loading = runLoad(load, { clients, books, isOver: () => isMended && (isEnough() || isTimeOver()) });
  const incidents = await breaking;
  for (const { name } of faults)
    if (!incidents.some((incident) => incident.name === name)) setting.push(`Not reached in time: ${name}`);
  await Promise.race([loading, delay(SETTLED_WITHIN_MS)]);
  const seconds = (performance.now() - began) / 1_000;
  say('every fault is over; the audit begins');
  await audit(load, books);
  sockets.close();
  const left = await findLeftovers(service);
  if (left) ledger.offences.push(left);
  await service.close().catch((error: Error) => ledger.offences.push(error.message));
  clearInterval(progress);
  poison.remove();
  return { setting, seconds, incidents, sums: sumUp(ledger), met: client.met };
}

function giveUp(): void {
  say('the drill itself hangs: it should have ended long ago');
  process.exit(2);
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) return void process.stdout.write(USAGE);
  if (Number.isFinite(options.minutes)) setTimeout(giveUp, 60_000 * options.minutes + ENDS_WITHIN_MS).unref();
  const result = await drill(options);
  const report = writeReport(result);
  process.stdout.write(report);
  if (options.publish) publish(report);
  const { violations } = result.sums;
  for (const violation of violations) process.stderr.write(`${violation}\n`);
  process.exit(violations.length > 0 ? 1 : 0);
}

// What was launched ends with this process.
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));
runMain('drill', main);
