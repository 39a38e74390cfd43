import type { ModelManifest } from '@inkqueue/shared/contracts/model';
import { EXPLAINED_MAX, type PredictionExplanation } from '@inkqueue/shared/contracts/prediction';
import type { RecognizedDigit } from './postprocess.ts';
import { toTensor } from './preprocess.ts';

/** Pixels from one patch to the next, across and down: a cell of the map is a square of this side. */
const STRIDE = 2;
/** Side of a patch in pixels: a little wider than a stroke, so that a stroke is cut and not thinned. */
const PATCH = 6;
/** How far a patch reaches over its cell on each side. */
const REACH = (PATCH - STRIDE) / 2;
const INT8_MAX = 127;

/** Runs the network; see `createBatcher`. */
type Infer = (tensors: readonly Float32Array[]) => Promise<{ logits: Float32Array[] }>;

/**
 * Why the network reads these digits: occlusion maps, as in Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks"
 * (2014). A patch of paper covers the network's input at each cell of a grid, and the cell's value is how much the log odds of a digit
 * fall by that: positive where the ink speaks for the digit, negative where it speaks against it.
 *
 * @param options.batchMax tensors in one run: other images get their turn between two runs
 */
export async function explain(
  digits: readonly Pick<RecognizedDigit, 'pixels'>[],
  options: { manifest: ModelManifest; infer: Infer; batchMax: number },
): Promise<PredictionExplanation> {
  const { manifest, infer, batchMax } = options;
  const [, , height, width] = manifest.input.shape;
  const across = Math.ceil(width / STRIDE);
  const down = Math.ceil(height / STRIDE);
  const explained = digits.slice(0, EXPLAINED_MAX);
  const views = explained.flatMap(({ pixels }, digit) => viewsOf(pixels, { width, across, down, digit }));
  const falls = explained.map(() => Array.from({ length: 10 }, () => new Float64Array(across * down)));
  let whole: number[] = [];
  for (let from = 0; from < views.length; from += batchMax) {
    const some = views.slice(from, from + batchMax);
    const { logits } = await infer(some.map(({ ink }) => toTensor(ink(), manifest)));
    for (const [i, { digit, cell }] of some.entries()) {
      const odds = logOdds(logits[i]!, manifest);
      if (cell === null) whole = odds;
      else for (let d = 0; d < 10; d++) falls[digit]![d]![cell] = whole[d]! - odds[d]!;
    }
  }
  return { width: across, height: down, patch: PATCH, digits: falls.map(toMap) };
}

/** A digit's ink with the patch of one cell covered; null for the whole ink. */
interface View {
  digit: number;
  cell: number | null;
  ink: () => Uint8Array;
}

/** The whole ink first, and a view for each patch with ink below it: the other patches change nothing. */
function viewsOf(
  pixels: Uint8Array,
  { width, across, down, digit }: { width: number; across: number; down: number; digit: number },
): View[] {
  const views: View[] = [{ digit, cell: null, ink: () => pixels }];
  for (let cell = 0; cell < across * down; cell++) {
    const rows = rowsUnder(cell, { width, height: pixels.length / width, across });
    if (!rows.some(([from, to]) => pixels.subarray(from, to).some((ink) => ink > 0))) continue;
    const ink = () => {
      const covered = pixels.slice();
      for (const [from, to] of rows) covered.fill(0, from, to);
      return covered;
    };
    views.push({ digit, cell, ink });
  }
  return views;
}

/** The pixels under a cell's patch, row by row: from which to which. */
function rowsUnder(
  cell: number,
  { width, height, across }: { width: number; height: number; across: number },
): [from: number, to: number][] {
  const [left, right] = reach(cell % across, width);
  const [top, bottom] = reach(Math.floor(cell / across), height);
  return Array.from({ length: bottom - top }, (_, y) => [
    (top + y) * width + left,
    (top + y) * width + right,
  ]);
}

/** From which pixel to which a patch lies, along one side of the input. */
function reach(cell: number, side: number): readonly [from: number, to: number] {
  return [Math.max(0, cell * STRIDE - REACH), Math.min(side, (cell + 1) * STRIDE + REACH)];
}

/** The calibrated log odds of each digit: what is the same for all ten has no part in them. */
function logOdds(logits: Float32Array, { labels, calibration }: ModelManifest): number[] {
  const odds = new Array<number>(10).fill(0);
  for (let i = 0; i < 10; i++) {
    let top = -Infinity;
    for (let j = 0; j < 10; j++) if (j !== i) top = Math.max(top, logits[j]!);
    let others = 0;
    for (let j = 0; j < 10; j++)
      if (j !== i) others += Math.exp((logits[j]! - top) / calibration.temperature);
    odds[labels[i]!] = (logits[i]! - top) / calibration.temperature - Math.log(others);
  }
  return odds;
}

/** One scale for all ten maps of a digit: they can be compared. */
function toMap(falls: readonly Float64Array[]): PredictionExplanation['digits'][number] {
  const most = Math.max(...falls.map((map) => map.reduce((top, value) => Math.max(top, Math.abs(value)), 0)));
  const scale = Math.round((most / INT8_MAX) * 1e6) / 1e6;
  const values = falls.map((map) => {
    const bytes = Int8Array.from(map, (value) =>
      scale === 0 ? 0 : Math.max(-INT8_MAX, Math.min(INT8_MAX, Math.round(value / scale))),
    );
    return Buffer.from(bytes.buffer).toString('base64');
  });
  return { scale, values };
}
