import { connect, createServer, type Server, type Socket } from 'node:net';

/** One address in front of Redis servers, as a managed service has. Open connections stay with their server. */
export async function openAddress(first: string) {
  let target = new URL(first);
  const open = new Set<Socket>();
  const proxy: Server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ port: Number(target.port), host: target.hostname, noDelay: true });
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(socket);
      socket.on('error', () => {});
      // A server that is away refuses: its client must notice at once.
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
    }
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
  const address = proxy.address();
  if (typeof address !== 'object' || !address) throw new Error('the address does not listen');
  return {
    url: `redis://127.0.0.1:${address.port}`,
    /** New connections go to another server. */
    pointTo(url: string): void {
      target = new URL(url);
    },
    close(): void {
      for (const socket of open) socket.destroy();
      proxy.close();
    },
  };
}
