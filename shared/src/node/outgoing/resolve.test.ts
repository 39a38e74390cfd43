import { createSocket, type Socket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveHost } from './resolve.ts';

const TYPE_A = 1;
const TYPE_AAAA = 28;

/** A name server's answer to a query: one record, or that the host has none of the type. */
function answer(query: Buffer, record?: { type: number; bytes: number[] }): Buffer {
  // The question follows the header of 12 bytes, up to the end of its name, its type and its class.
  const question = query.subarray(12, query.indexOf(0, 12) + 5);
  const header = Buffer.from(query.subarray(0, 12));
  header.writeUInt16BE(0x8180, 2);
  header.fill(0, 6);
  header[7] = record ? 1 : 0;
  if (!record) return Buffer.concat([header, question]);
  const { type, bytes } = record;
  return Buffer.concat([
    header,
    question,
    Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, bytes.length, ...bytes]),
  ]);
}

const typeOf = (query: Buffer) => query.readUInt16BE(query.indexOf(0, 12) + 1);

describe('resolveHost', () => {
  let nameServer: Socket;
  let resolver: Resolver;

  beforeEach(async () => {
    nameServer = createSocket('udp4').bind(0, '127.0.0.1');
    await once(nameServer, 'listening');
    resolver = new Resolver();
    resolver.setServers([`127.0.0.1:${nameServer.address().port}`]);
  });
  afterEach(() => {
    nameServer.close();
  });

  const answerWith = (records: { type: number; bytes: number[] }[]) =>
    nameServer.on('message', (query, { port }) => {
      nameServer.send(
        answer(
          query,
          records.find(({ type }) => type === typeOf(query)),
        ),
        port,
      );
    });
  const resolve = (signal = new AbortController().signal) => resolveHost('images.test', signal, resolver);

  const v4 = { type: TYPE_A, bytes: [192, 0, 2, 7] };
  const v6 = { type: TYPE_AAAA, bytes: [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7] };

  it('finds the addresses of both families', async () => {
    answerWith([v4, v6]);
    expect(await resolve()).toEqual([
      { address: '192.0.2.7', family: 4 },
      { address: '2001:db8::7', family: 6 },
    ]);
  });

  it('finds the addresses of a host that has one family only', async () => {
    answerWith([v6]);
    expect(await resolve()).toEqual([{ address: '2001:db8::7', family: 6 }]);
  });

  it('rejects for a host without addresses', async () => {
    answerWith([]);
    await expect(resolve()).rejects.toMatchObject({ code: 'ENODATA' });
  });

  it('stops when the signal says so, while the name server stays silent', async () => {
    const abort = new AbortController();
    nameServer.once('message', () => abort.abort());
    await expect(resolve(abort.signal)).rejects.toMatchObject({ code: 'ECANCELLED' });
  });

  it('does not know the names of its own machine', async () => {
    answerWith([]);
    await expect(resolveHost('localhost', new AbortController().signal, resolver)).rejects.toThrow(
      'localhost',
    );
  });
});
