import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * When a process started, in the words of its system: together with the pid it identifies one process, although systems
 * reuse pids.
 *
 * @param {number} pid
 * @returns {string | null} null when no such process runs (a zombie counts as ended)
 */
export function startOfProcess(pid) {
  try {
    if (process.platform === 'linux') {
      // The name in parentheses may hold spaces and parentheses; fields 3 (state) and 22 (start) come after it.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? null : (fields[19] ?? null);
    }
    process.kill(pid, 0);
    if (process.platform === 'win32') return 'unknown';
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}
