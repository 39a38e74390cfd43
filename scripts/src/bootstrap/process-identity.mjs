import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * When a process started, as its system tells it: with the pid it names one process, although pids are reused.
 *
 * @param {number} pid
 * @returns {string | null} null when no such process runs (a zombie counts as gone)
 */
export function startOfProcess(pid) {
  if (process.platform === 'linux') {
    try {
      // The name in parentheses may itself hold spaces and parentheses; fields 3 (state) and 22 (start) lie behind it.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? null : (fields[19] ?? null);
    } catch {
      return null;
    }
  }
  try {
    process.kill(pid, 0);
  } catch {
    return null;
  }
  if (process.platform === 'win32') return 'unknown';
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}
