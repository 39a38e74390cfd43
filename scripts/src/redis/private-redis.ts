import { mkdirSync } from 'node:fs';
import { type Launched, launch } from '../processes/launch.ts';

export interface PrivateRedisOptions {
  /** Full path of redis-server or valkey-server. */
  binary: string;
  /** Where it keeps its data; made when missing. */
  dir: string;
  port: number;
  /** Whether what it holds survives a restart: every write goes to a log that is flushed each second. */
  durable: boolean;
}

/**
 * Starts a Redis of our own, which listens on loopback only and refuses writes rather than losing data when memory ends.
 * It is not ready yet: see waitForRedis.
 */
export function launchPrivateRedis({ binary, dir, port, durable }: PrivateRedisOptions): Launched {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    dir,
    daemonize: 'no',
    'maxmemory-policy': 'noeviction',
    // No snapshots beside the log: a fork every few minutes would only cost memory.
    save: '',
    appendonly: durable ? 'yes' : 'no',
    appendfsync: 'everysec',
    // After a power loss the log's last entry may be cut off: start with what precedes it.
    'aof-load-truncated': 'yes',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  return launch({ program: binary, args, keepStdout: true });
}

export function privateRedisUrl(port: number): string {
  return `redis://127.0.0.1:${port}`;
}
