import { FetchError } from './fetch-error.ts';

/**
 * Parses the URL of an image; with `base`, the location to which `base` redirects. The URL parser gives IPv4 addresses one
 * spelling, whichever the client used (2130706433, 0x7f.1, 0177.0.0.1).
 * @throws FetchError fetch-refused
 */
export function parseTarget(text: string, options: { port: number; base?: URL }): URL {
  const { port, base } = options;
  const refuse = (problem: string, remedy: string) => {
    const detail = base
      ? `The image URL redirects to a URL that ${problem}. Send a URL that does not redirect.`
      : `The image URL ${problem}. ${remedy}`;
    return new FetchError('fetch-refused', detail);
  };
  if (!URL.canParse(text, base?.href)) throw refuse('is not valid', 'Send a complete https URL.');
  const url = new URL(text, base);
  if (url.protocol !== 'https:') throw refuse('does not start with https://', 'Send an https URL.');
  if (url.username !== '' || url.password !== '') {
    throw refuse('contains a user name or a password', 'Send a URL without them.');
  }
  if (Number(url.port || 443) !== port) {
    throw refuse('names a port', `Images are fetched from port ${port} only: send a URL without a port.`);
  }
  return url;
}
