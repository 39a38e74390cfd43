import { z } from 'zod/mini';
import { problemCode } from './problems.ts';

/** What an operator can do to the whole queue. */
export const actionName = z.enum(['pause', 'drain', 'resume', 'purge', 'retry-failed']);
export type ActionName = z.infer<typeof actionName>;

/** What operators alone see of the queue. */
export const consoleState = z.object({
  /** The machine and the process of each ready worker. */
  workers: z.array(z.object({ id: z.string(), host: z.string(), pid: z.int() })),
  /** The last predictions that failed, newest first. */
  failures: z.array(z.object({ id: z.string(), code: problemCode, at: z.iso.datetime() })),
  /** What operators did last, newest first. */
  audit: z.array(z.object({ at: z.iso.datetime(), action: z.string(), by: z.string(), result: z.string() })),
});
export type ConsoleState = z.infer<typeof consoleState>;

/** What came of an action: how many predictions it was about, null where it is about the queue itself. */
export const actionDone = z.object({ action: actionName, count: z.nullable(z.int()) });
export type ActionDone = z.infer<typeof actionDone>;
