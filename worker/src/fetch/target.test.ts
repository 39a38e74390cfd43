import { describe, expect, it } from 'vitest';
import { parseTarget } from './target.ts';

const parse = (text: string, base?: string) =>
  parseTarget(text, { port: 443, ...(base && { base: new URL(base) }) });

describe('parseTarget', () => {
  it.each([
    'https://images.test/a.png?size=1',
    'HTTPS://images.test/',
    'https://images.test:443/',
    'https://[2606:4700:4700::1111]/',
  ])('takes %s', (text) => {
    expect(parse(text)).toEqual(new URL(text));
  });

  it.each([
    ['', 'is not valid'],
    ['images.test/a.png', 'is not valid'],
    ['/a.png', 'is not valid'],
    ['https://', 'is not valid'],
    ['https://256.1.1.1/', 'is not valid'],
    ['https://[fe80::1%25eth0]/', 'is not valid'],
    ['https://images.test:99999/', 'is not valid'],
    ['http://images.test/', 'https://'],
    ['ftp://images.test/', 'https://'],
    ['file:///etc/passwd', 'https://'],
    ['data:image/png;base64,AAAA', 'https://'],
    ['blob:https://images.test/1', 'https://'],
    ['https://user@images.test/', 'password'],
    ['https://:password@images.test/', 'password'],
    ['https://images.test@10.0.0.1/', 'password'],
    ['https://images.test:80/', 'port 443'],
    ['https://images.test:8443/', 'port 443'],
  ])('refuses %s', (text, reason) => {
    expect(() => parse(text)).toThrow(reason);
    expect(() => parse(text)).toThrow(expect.objectContaining({ name: 'FetchError', code: 'fetch-refused' }));
  });

  it.each([
    ['2130706433', '127.0.0.1'],
    ['0x7f.1', '127.0.0.1'],
    ['0177.0.0.1', '127.0.0.1'],
    ['127.1', '127.0.0.1'],
    ['①②⑦.0.0.1', '127.0.0.1'],
    ['127.0.0.1.', '127.0.0.1'],
    ['0', '0.0.0.0'],
    ['[::127.0.0.1]', '[::7f00:1]'],
  ])('gives the host %s its one spelling', (host, hostname) => {
    expect(parse(`https://${host}/`).hostname).toBe(hostname);
  });

  it('resolves a redirect against the URL that redirects', () => {
    expect(parse('../b.png', 'https://images.test/old/a.png').href).toBe('https://images.test/b.png');
    expect(parse('//cdn.test/b.png', 'https://images.test/a.png').href).toBe('https://cdn.test/b.png');
  });

  it('says of a refused redirect that it was one', () => {
    expect(() => parse('http://images.test/', 'https://images.test/')).toThrow('redirects');
  });
});
