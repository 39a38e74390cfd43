/** An input that was a fault once. Where its making changes, so does the input: then its bytes are to be drawn here. */
export interface Recipe {
  seed: number;
  index: number;
  /** What it did. */
  fault: string;
}

/** Found by `npm run fuzz`, and mended. The quick test runs each, whatever its client expects. */
export const RECIPES: readonly Recipe[] = [
  {
    seed: 1,
    index: 35_036,
    fault: 'A candidate of a few faint pixels had no box: RangeError.',
  },
  { seed: 1, index: 75_302, fault: 'The same, in a picture of which its client expects one digit.' },
  {
    seed: 3,
    index: 649,
    fault:
      'A candidate of a few pixels far apart had no box once it was reduced: RangeError, and status 500.',
  },
];
