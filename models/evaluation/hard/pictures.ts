import sharp from 'sharp';
import { createRandom, type Random } from '../../training/examples/random.ts';
import type { Digits } from '../mnist.ts';
import type { Source } from '../sources.ts';
import { createPickDigit } from './digits.ts';
import type { Kind } from './kind.ts';
import { EMPTY } from './kinds/empty.ts';
import { ENCLOSED } from './kinds/enclosed.ts';
import { MARKED } from './kinds/marked.ts';
import { chooseNumber, NUMBERS } from './kinds/numbers.ts';
import { SCENES } from './kinds/scenes.ts';
import { SHAPED } from './kinds/shaped.ts';
import type { Photo } from './photo.ts';

/** In the order of the report. */
export const KINDS: Kind[] = [...NUMBERS, ...ENCLOSED, ...SCENES, ...MARKED, ...SHAPED, ...EMPTY];
/** How many pictures of each kind there are. */
const PICTURES_PER_KIND = 40;

const FOLDERS = { digit: 'single', number: 'multi', lines: 'multi', nothing: 'other' };

/**
 * Pictures that people would send and that are hard to read, drawn of a set of digits. Picture `i` of a kind is the same
 * in every run, however many there are. Each is drawn when its bytes are asked for, as a PNG.
 */
export function hardSources(digits: Digits, perKind = PICTURES_PER_KIND): Source[] {
  const pickDigit = createPickDigit(digits);
  return KINDS.flatMap((kind) =>
    Array.from({ length: perKind }, (_, i) => {
      const label = chooseLabel(kind, i, createRandom(seedOf(`${kind.name} ${i} label`)));
      const random = () => createRandom(seedOf(`${kind.name} ${i}`));
      return {
        image: {
          path: `${FOLDERS[kind.shows]}/${kind.name}/${[i, label].filter((part) => part !== '').join('_')}.png`,
          label: label === '' ? null : label,
          kind: kind.name,
        },
        bytes: () => encode(kind.draw(label, { random: random(), pickDigit })),
      };
    }),
  );
}

function chooseLabel({ shows }: Kind, i: number, random: Random): string {
  if (shows === 'nothing') return '';
  if (shows === 'digit') return String(i % 10);
  if (shows === 'number') return chooseNumber(random);
  return Array.from({ length: random.integer(2, 3) }, () => chooseNumber(random, random.integer(2, 5))).join(
    '-',
  );
}

/** FNV-1a, so that a new kind leaves the pictures of the others as they are. */
function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
  return hash >>> 0;
}

async function encode({ values, width, height, jpeg }: Photo): Promise<Buffer> {
  const data = Uint8Array.from(values, (value) => Math.min(255, Math.max(0, Math.round(value))));
  const picture = sharp(data, { raw: { width, height, channels: 3 } });
  return (jpeg === null ? picture : sharp(await picture.jpeg({ quality: jpeg }).toBuffer())).png().toBuffer();
}
