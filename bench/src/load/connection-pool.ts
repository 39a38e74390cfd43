import { type Connection, openConnection } from './http-connection.ts';

const CONNECTIONS_MAX = 1_024;

/** What became of a request: its status, or null where its connection broke. */
export type RequestEnd = (status: number | null) => void;

/**
 * Connections to a service: each request takes the one that has been idle for longest, which spreads the requests over the
 * service's processes, or a new one, or waits for one.
 */
export function createConnectionPool(url: URL, request: Uint8Array) {
  const open = new Set<Connection>();
  const inFlight = new Map<Connection, RequestEnd>();
  const waiting: RequestEnd[] = [];
  let idle: Connection[] = [];

  function forget(connection: Connection): void {
    open.delete(connection);
    idle = idle.filter((other) => other !== connection);
  }

  function add(): Connection {
    const connection = openConnection({
      url,
      onClose: forget,
      onResponse(ended, status, isKept) {
        const onEnd = inFlight.get(ended);
        inFlight.delete(ended);
        if (isKept) idle.push(ended);
        else forget(ended);
        onEnd?.(status);
        const next = waiting.shift();
        if (next) send(next);
      },
    });
    open.add(connection);
    return connection;
  }

  function send(onEnd: RequestEnd): void {
    const connection = idle.shift() ?? (open.size < CONNECTIONS_MAX ? add() : null);
    if (!connection) return void waiting.push(onEnd);
    inFlight.set(connection, onEnd);
    connection.send(request);
  }

  return {
    /** Opens connections ahead of the requests. */
    prepare(count: number): void {
      while (open.size < count) idle.push(add());
    },
    send,
    /** Closes every connection; what is still in flight never ends. */
    close(): void {
      inFlight.clear();
      waiting.length = 0;
      for (const connection of open) connection.destroy();
    },
  };
}
