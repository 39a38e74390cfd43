import type { Cores } from './cores.ts';

interface Task {
  us: number;
  done: () => void;
}

/**
 * A process of one thread: does its tasks one after the other. What waits when it has done all that waited before is the next turn of
 * its event loop.
 *
 * @param options.onTurn called at the end of each turn
 * @param options.extraUs other work that came up since the last task
 */
export function createProcess(
  cores: Pick<Cores, 'run'>,
  options: { onTurn?: () => void; extraUs?: () => number } = {},
) {
  const { onTurn, extraUs } = options;
  let tasks: Task[] = [];
  let turn: Task[] = [];
  let at = 0;
  let isBusy = false;
  let busyUs = 0;

  function next(): void {
    if (at === turn.length) {
      if (turn.length > 0) {
        turn = [];
        at = 0;
        onTurn?.();
      }
      [turn, tasks] = [tasks, turn];
    }
    const task = turn[at++];
    if (!task) {
      at = 0;
      isBusy = false;
      return;
    }
    isBusy = true;
    const us = task.us + (extraUs?.() ?? 0);
    cores.run(us, () => {
      busyUs += us;
      task.done();
      next();
    });
  }

  return {
    /** Has it do work of so many microseconds of CPU once it has done what came before. */
    do(us: number, done: () => void): void {
      tasks.push({ us, done });
      if (!isBusy) next();
    },
    busyUs: () => busyUs,
  };
}
