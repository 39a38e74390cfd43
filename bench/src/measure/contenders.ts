import { UserError } from '@inkqueue/shared/node/user-error';
import type { LoadGenerator, LoadOptions } from '../load/generator.ts';
import type { Image } from '../load/images.ts';
import { singleUpload, type Upload } from '../load/multipart.ts';
import type { Contender, Running } from '../stack/contender.ts';
import { measureIdle, setHalted } from '../stack/processes.ts';
import { measure, type Sample } from './sample.ts';

export interface StartedContender extends Contender {
  running: Running;
  /** Cores that it uses when it has nothing to do. */
  idleShare: number;
}

/** Starts contenders one after the other, each quiet before the next. */
export async function startContenders(contenders: readonly Contender[]): Promise<StartedContender[]> {
  const started: StartedContender[] = [];
  for (const contender of contenders) {
    const running = await contender.start();
    const idleShare = await measureIdle(running.groups);
    started.push({ ...contender, running, idleShare });
    if (contender.restless) setHalted(running.groups, true);
  }
  return started;
}

export async function stopContenders(started: readonly StartedContender[]): Promise<void> {
  for (const { running } of started) setHalted(running.groups, false);
  await Promise.all(started.map(({ running }) => running.stop()));
}

/** Runs something with one contender while the restless ones among the others are halted. */
export async function alone<T>({ restless, running }: StartedContender, run: () => Promise<T>): Promise<T> {
  if (restless) setHalted(running.groups, false);
  const result = await run();
  if (restless) setHalted(running.groups, true);
  return result;
}

/** Measures one contender while the restless ones among the others are halted. */
export function measureAlone(
  generator: LoadGenerator,
  service: StartedContender,
  load: LoadOptions,
): Promise<Sample> {
  return alone(service, () =>
    measure(generator, { groups: service.running.groups, idleShare: service.idleShare }, load),
  );
}

/** An image as a contender wants it. */
export function uploadTo({ toUpload = singleUpload }: Contender, image: Image): Upload {
  return toUpload(image);
}

/** A service with quick and wrong responses must not win. @throws UserError when a path of it gives no digit */
export async function expectDigits(services: readonly StartedContender[], image: Image): Promise<void> {
  for (const service of services) {
    await alone(service, async () => {
      for (const path of service.paths) await expectDigit(service, path, uploadTo(service, image));
    });
  }
}

async function expectDigit(service: StartedContender, path: string, upload: Upload): Promise<void> {
  const { name, running, digitPattern = /"predicted_digit":\s*\d/ } = service;
  const response = await fetch(running.url + path, {
    method: 'POST',
    headers: { 'content-type': upload.contentType },
    body: new Uint8Array(upload.body),
  });
  const text = await response.text();
  if (response.status !== 200 || !digitPattern.test(text)) {
    throw new UserError(`${name} responded ${response.status} in place of a digit: ${text.slice(0, 300)}`);
  }
}

/** Loads each path of a service for a moment. @returns the fastest, and its responses a second */
export async function warmUp(
  generator: LoadGenerator,
  service: StartedContender,
  load: { upload: Upload; connections: number; seconds: number },
): Promise<{ path: string; rate: number }> {
  const { paths, running } = service;
  let fastest = { path: paths[0], rate: -1 };
  for (const path of paths) {
    const { rate } = await measureAlone(generator, service, { ...load, url: running.url + path });
    if (rate > fastest.rate) fastest = { path, rate };
  }
  return fastest;
}
