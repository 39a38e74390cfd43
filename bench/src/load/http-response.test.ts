import { expect, test } from 'vitest';
import { findResponseEnd } from './http-response.ts';

const end = (text: string) => findResponseEnd(Buffer.from(text));

test('a response ends where its length says, whatever the case of its headers', () => {
  const head = 'HTTP/1.1 200 OK\r\ncontent-LENGTH: 4\r\n\r\n';
  expect(end(`${head}body`)).toEqual({ status: 200, length: head.length + 4, isKept: true });
  expect(end(`${head}body and more`)).toMatchObject({ length: head.length + 4 });
});

test('a response of which a part is missing has no end yet', () => {
  const text = 'HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbody';
  for (let length = 0; length < text.length; length++) expect(end(text.slice(0, length))).toBeNull();
  expect(end(text)).toMatchObject({ status: 503 });
});

test('a response in chunks ends after the empty one', () => {
  const text = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n1\r\nx\r\n0\r\n\r\n';
  for (let length = 0; length < text.length; length++) expect(end(text.slice(0, length))).toBeNull();
  expect(end(text)).toMatchObject({ status: 200, length: text.length });
});

test('a connection that the service closes takes no other request', () => {
  expect(end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')?.isKept).toBe(false);
  expect(end('HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n')?.isKept).toBe(false);
});

test('bytes whose end nobody can tell are an error', () => {
  expect(() => end('SSH-2.0\r\n\r\n')).toThrow('not an HTTP/1.1 response');
  expect(() => end('HTTP/1.1 200 OK\r\n\r\nbody')).toThrow('neither');
});
