/** A rectangle of whole pixels. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Ink that may be one digit. Consecutive pieces of a line, from `from` up to and without `to`. */
export interface Candidate {
  from: number;
  to: number;
  /** What speaks against it before the network has seen it, as a negative logarithm of a probability. */
  cost: number;
  /** Whether something about it speaks against any digit: it was struck through, or there is more that could not be read. */
  isDoubtful: boolean;
  /** 28×28 ink, row-major, 0 none to 255 full: what the network sees. */
  pixels: Uint8Array;
  box: Box;
}

/**
 * A line of digits, as pieces of ink from left to right: where one digit ends and the next begins, the network says. One of the
 * ways from the first piece to the last is the right one.
 */
export interface Line {
  /** How many pieces. */
  pieces: number;
  candidates: Candidate[];
}

/** What may be read of a picture, line by line from top to bottom. A single digit is one line of one piece. */
export interface Reading {
  lines: Line[];
  /** What was taken for one digit is as wide as two that touch: where the network doubts it, look for several. */
  mayBeSeveral?: boolean | undefined;
}

/** A reading of one digit alone. */
export function single(glyph: Pick<Candidate, 'pixels' | 'box' | 'isDoubtful'>): Reading {
  return {
    lines: [{ pieces: 1, candidates: [{ from: 0, to: 1, cost: 0, ...glyph }] }],
  };
}
