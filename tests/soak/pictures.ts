import { type Digit, digitPng, heavyPage, numberPng } from '../integration/pictures.ts';

/** What the load sends whole, with what it shows. */
export interface Pictures {
  digits: { value: Digit; bytes: Buffer }[];
  number: { text: string; bytes: Buffer };
  heavy: Buffer;
}

export async function drawPictures(): Promise<Pictures> {
  const values: Digit[] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  const digits = await Promise.all(values.map(async (value) => ({ value, bytes: await digitPng(value) })));
  return { digits, number: { text: '142', bytes: await numberPng('142') }, heavy: await heavyPage() };
}
