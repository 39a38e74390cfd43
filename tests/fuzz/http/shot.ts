import type { Random } from '../random.ts';

/** A request as it goes over the wire, and how it was made. */
export interface Shot {
  path: string;
  headers: Record<string, string>;
  body: Buffer;
  /** Frames the body itself: without it, Content-Length does. */
  isChunked?: boolean;
  /** The client hangs up in the middle of the body. */
  breaksOff?: boolean;
  /** HTTP that no client should send: the api may close the connection without a word. */
  isBroken?: boolean;
  steps: string[];
}

/** A change of a request, and its name. */
export type Twist = (shot: Shot, random: Random) => Shot;

/** The same request with another body. */
export const withBody = (shot: Shot, body: Buffer | string): Shot => ({
  ...shot,
  body: Buffer.from(body as string),
});

export const withHeader = (shot: Shot, name: string, value: string): Shot => ({
  ...shot,
  headers: { ...shot.headers, [name]: value },
});
