import { CARD_SIZE } from '../http/page/preview.ts';
import { GLYPH_BOX, glyphLines, type Point } from './glyphs.ts';
import { drawLine, type InkSheet } from './ink.ts';
import { encodePng } from './png.ts';

/** What a card shows of a result. */
export interface CardResult {
  text: string;
  confidence: number;
  uncertain: boolean;
}

type Colour = readonly [red: number, green: number, blue: number];

/** The page's colours in light mode. */
const PAPER: Colour = [255, 255, 255];
const GRID: Colour = [224, 233, 244];
const ACCENT: Colour = [192, 54, 26];
const SOFT: Colour = [88, 98, 115];

/** The palette: paper with grid lines, then two ramps from paper to a colour. */
const RAMP = 100;
const GRID_INDEX = 2 * RAMP;

/** Where digits and percents stand, and how much of a number is shown: the work is bounded whatever was read. */
const READ_BOX = { top: 70, height: 370, width: 1040 };
const PERCENT_BOX = { top: 490, height: 80, width: 700 };
const SQUARE = 30;
const COLUMNS_MAX = 16;
const ROWS_MAX = 4;
/** From one row to the next, in a glyph's box. */
const LINE_HEIGHT = GLYPH_BOX.height + 20;
/** A pen's radius in a glyph's box. */
const PEN_RADIUS = 6.5;

/** All digits: what the service reads. */
const GENERAL = '01234\n56789';

/** The card of a result; of `null` the service's own. Bounded work: about 20 ms. */
export function drawCard(result: CardResult | null): Promise<Buffer> {
  const { width, height } = CARD_SIZE;
  const read = blank();
  const percent = blank();
  write(read, rowsOf(result?.text ?? GENERAL), READ_BOX);
  if (result) write(percent, [confidenceInWords(result)], PERCENT_BOX);
  const ramp = result?.uncertain ? 1 : 0;
  const pixels = new Uint8Array(width * height);
  for (let at = 0; at < pixels.length; at += 1) {
    const [ink, soft] = [read.ink[at]!, percent.ink[at]!];
    if (ink > 0) pixels[at] = ramp * RAMP + Math.round(ink * (RAMP - 1));
    else if (soft > 0) pixels[at] = RAMP + Math.round(soft * (RAMP - 1));
    else if ((at % width) % SQUARE === 0 || Math.floor(at / width) % SQUARE === 0) pixels[at] = GRID_INDEX;
  }
  return encodePng({ width, height, pixels, palette: [...rampTo(ACCENT), ...rampTo(SOFT), GRID] });
}

/** Never rounded up to certainty. */
function confidenceInWords({ confidence, uncertain }: CardResult): string {
  const words = confidence > 0.999 ? '> 99.9 %' : `${(confidence * 100).toFixed(1).replace(/\.0$/, '')} %`;
  return uncertain ? `${words} ?` : words;
}

/** Lines of the text as they fit; what does not fit gives way to an ellipsis. */
function rowsOf(text: string): string[] {
  const rows = text.split('\n').flatMap((line) => line.match(new RegExp(`.{1,${COLUMNS_MAX}}`, 'g')) ?? []);
  if (rows.length <= ROWS_MAX) return rows;
  return [...rows.slice(0, ROWS_MAX - 1), `${rows[ROWS_MAX - 1]!.slice(0, COLUMNS_MAX - 1)}…`];
}

function write(
  sheet: InkSheet,
  rows: readonly string[],
  box: { top: number; height: number; width: number },
): void {
  const columns = Math.max(1, ...rows.map((row) => row.length));
  const scale = Math.min(box.width / (columns * GLYPH_BOX.width), box.height / (rows.length * LINE_HEIGHT));
  const top = box.top + (box.height - rows.length * LINE_HEIGHT * scale) / 2;
  for (const [line, row] of rows.entries()) {
    const left = (sheet.width - row.length * GLYPH_BOX.width * scale) / 2;
    for (const [column, character] of [...row].entries()) {
      const place = ([x, y]: Point): Point => [
        left + (column * GLYPH_BOX.width + x) * scale,
        top + (line * LINE_HEIGHT + y) * scale,
      ];
      for (const each of glyphLines(character)) drawLine(sheet, each.map(place), PEN_RADIUS * scale);
    }
  }
}

function blank(): InkSheet {
  const { width, height } = CARD_SIZE;
  return { width, height, ink: new Float32Array(width * height) };
}

function rampTo(colour: Colour): Colour[] {
  const between = (share: number, channel: 0 | 1 | 2) =>
    Math.round(PAPER[channel] + share * (colour[channel] - PAPER[channel]));
  return Array.from({ length: RAMP }, (_, step) => {
    const share = step / (RAMP - 1);
    return [between(share, 0), between(share, 1), between(share, 2)];
  });
}
