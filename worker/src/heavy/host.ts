import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { HostReply } from './reply.ts';

// Starts a process for each heavy image, of which one is decoded at a time. Starting one takes a large process up to 30 ms, in
// which it does nothing else; the worker is large, and this process is small. Its argument is the memory that an image may take.
// The worker's messages say how long images are, whose bytes follow one another on standard input: the image's process
// reads its own from there, and not a byte more.

const PROCESS = fileURLToPath(new URL('./process.js', import.meta.url));

process.on('message', (message) => {
  const child = fork(PROCESS, [process.argv[2] ?? '', JSON.stringify(message)], {
    execArgv: [],
    serialization: 'advanced',
    stdio: [0, 'ignore', 'inherit', 'ipc'],
  });
  let said: unknown;
  child.on('message', (reply) => {
    said = reply;
  });
  child.on('close', (code, signal) => {
    const reply: HostReply = { said, code, signal };
    process.send?.(reply);
  });
});
// A worker that ended waits for no reply, and the image's process ends with its host.
process.on('disconnect', () => process.exit());
