import {
  blankPage,
  type Digit,
  digitPng,
  heavyPage,
  numberPng,
  onePixel,
  textFile,
} from '../integration/pictures.ts';
import type { State } from './ledger.ts';

/** A picture whose right end is known. */
export interface Picture {
  name: string;
  bytes: Buffer;
  /** Null for a file that the api refuses at once. */
  state: State;
  weight: number;
}

const SIDES = [64, 160, 280];
const NUMBERS = ['42', '1907', '365'];

/** Draws everything that the drill sends, except poison. */
export async function drawPictures(): Promise<Picture[]> {
  const values = Array.from({ length: 10 }, (_, value) => value as Digit);
  const digits = SIDES.flatMap((side) =>
    values.map(async (value) => ({
      ...{ name: `a ${value} of ${side} px`, bytes: await digitPng(value, { side }) },
      ...{ state: `succeeded ${value}`, weight: 3 },
    })),
  );
  const numbers = NUMBERS.map(async (text) => ({
    ...{ name: `the number ${text}`, bytes: await numberPng(text), state: `succeeded ${text}`, weight: 2 },
  }));
  const damaged = (await digitPng(5)).fill(0, 20, 60);
  return Promise.all([
    ...digits,
    ...numbers,
    { name: 'a heavy page', bytes: await heavyPage(), state: 'succeeded 4', weight: 0.1 },
    { name: 'a blank page', bytes: await blankPage(), state: 'failed no-ink', weight: 3 },
    { name: 'a single pixel', bytes: await onePixel(), state: 'failed too-small', weight: 2 },
    { name: 'a broken file', bytes: damaged, state: 'failed unreadable-image', weight: 3 },
    { name: 'a letter', bytes: textFile, state: 'failed unsupported-format', weight: 1 },
  ]);
}
