import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { UserError } from '@inkqueue/shared/node/user-error';
import getPort from 'get-port';
import { afterEach, describe, expect, it } from 'vitest';
import { requirePort } from './port.ts';

describe('requirePort', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  it('accepts a free port', async () => {
    await expect(requirePort(await getPort(), '127.0.0.1')).resolves.toBeUndefined();
  });

  it.each(['127.0.0.1', '0.0.0.0'])(
    'names a port that another program holds on loopback, for HOST=%s',
    async (host) => {
      const port = await getPort();
      server = createServer().listen(port, '127.0.0.1');
      await once(server, 'listening');
      await expect(requirePort(port, host)).rejects.toThrow(`port ${port} is taken`);
    },
  );

  it('names a host that is not an address of this machine', async () => {
    const refused = requirePort(await getPort(), '192.0.2.1');
    await expect(refused).rejects.toThrow(UserError);
    await expect(refused).rejects.toThrow('HOST=192.0.2.1');
  });
});
