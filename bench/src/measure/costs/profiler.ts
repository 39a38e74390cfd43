// Loaded before a process (`node --import`): SIGUSR2 starts a CPU profile, the next one ends it and writes it to
// BENCH_PROFILE_DIR/PID.cpuprofile. A profile of the load alone, without start and stop of the process.
import { renameSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';

const INTERVAL_US = 250;

const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.setSamplingInterval', { interval: INTERVAL_US });

let running = false;
process.on('SIGUSR2', async () => {
  running = !running;
  if (running) {
    await session.post('Profiler.start');
    return;
  }
  const { profile } = await session.post('Profiler.stop');
  const path = join(process.env.BENCH_PROFILE_DIR ?? '.', `${process.pid}.cpuprofile`);
  // Written aside and renamed: a reader never sees half of it.
  writeFileSync(`${path}.new`, JSON.stringify(profile));
  renameSync(`${path}.new`, path);
});
