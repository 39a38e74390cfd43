import { sampleStroke, strokeAlong } from '../draw/sample.ts';
import { SHEET_UNITS, type Stroke, strokeOutline } from '../draw/stroke.ts';

interface Sample {
  stroke: () => Stroke;
  pen: Stroke['pen'];
  ink: string;
  /** Of the paper, from its top left to its bottom right. */
  paper: readonly [string, string];
  /** In radians, clockwise: a hand is never quite straight. */
  tilt: number;
  /** How often the line is drawn over, each time a little beside it. */
  passes: number;
  /** Spread of the grain, of 255. */
  grain: number;
  squares?: string;
}

const samples = {
  pen: {
    stroke: () => sampleStroke(7),
    pen: 'fine',
    ink: '#24408c',
    paper: ['#f6eeda', '#a89878'],
    tilt: -0.14,
    passes: 1,
    grain: 14,
  },
  pencil: {
    stroke: () => sampleStroke(2),
    pen: 'fine',
    ink: 'rgb(70 72 80 / 0.4)',
    paper: ['#fdfcf8', '#f1efe8'],
    tilt: 0.08,
    passes: 3,
    grain: 22,
    squares: '#cddbea',
  },
  chalk: {
    stroke: () => sampleStroke(5),
    pen: 'medium',
    ink: 'rgb(240 242 232 / 0.75)',
    paper: ['#33473d', '#22302a'],
    tilt: 0.05,
    passes: 2,
    grain: 44,
  },
  star: {
    stroke: () => strokeAlong('M50 22L79 112L4 56L96 56L21 112Z'),
    pen: 'medium',
    ink: '#b3372b',
    paper: ['#ffffff', '#f3f3f0'],
    tilt: -0.06,
    passes: 1,
    grain: 8,
  },
} as const satisfies Record<string, Sample>;

type SampleName = keyof typeof samples;

const PICTURE_SIDE = 480;
const SQUARES = 14;

/** A sample as a file: a JPEG as from a camera, `title` its name. */
export async function samplePicture(name: SampleName, title: string): Promise<File> {
  const canvas = document.createElement('canvas');
  paintSample(canvas, name, PICTURE_SIDE);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.9));
  if (!blob) throw new Error('The canvas gave no JPEG');
  return new File([blob], `${title}.jpg`, { type: 'image/jpeg' });
}

/** Paints a sample, square and `side` pixels wide. */
export function paintSample(canvas: HTMLCanvasElement, name: SampleName, side: number): void {
  const sample: Sample = samples[name];
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true })!;
  context.scale(side / SHEET_UNITS, side / SHEET_UNITS);
  paintPaper(context, sample);
  paintInk(context, sample);
  addGrain(context, side, sample.grain);
}

function paintPaper(context: CanvasRenderingContext2D, { paper, squares }: Sample): void {
  const light = context.createLinearGradient(0, 0, SHEET_UNITS, SHEET_UNITS);
  light.addColorStop(0.35, paper[0]);
  light.addColorStop(1, paper[1]);
  context.fillStyle = light;
  context.fillRect(0, 0, SHEET_UNITS, SHEET_UNITS);
  if (!squares) return;
  context.fillStyle = squares;
  for (let line = 1; line < SQUARES; line += 1) {
    const at = (line * SHEET_UNITS) / SQUARES;
    context.fillRect(at, 0, 1, SHEET_UNITS);
    context.fillRect(0, at, SHEET_UNITS, 1);
  }
}

function paintInk(context: CanvasRenderingContext2D, sample: Sample): void {
  const outline = strokeOutline({ ...sample.stroke(), pen: sample.pen });
  context.save();
  context.translate(SHEET_UNITS / 2, SHEET_UNITS / 2);
  context.rotate(sample.tilt);
  context.translate(-SHEET_UNITS / 2, -SHEET_UNITS / 2);
  context.fillStyle = sample.ink;
  for (let pass = 0; pass < sample.passes; pass += 1) {
    context.fill(outline);
    context.translate(pass % 2 ? -2 : 1.5, 1);
  }
  context.restore();
}

/** Grain of paper and camera: the same at each visit. */
function addGrain(context: CanvasRenderingContext2D, side: number, spread: number): void {
  const picture = context.getImageData(0, 0, side, side);
  let random = 1;
  for (let pixel = 0; pixel < picture.data.length; pixel += 4) {
    random = (random * 48_271) % 2_147_483_647;
    const change = (random / 2_147_483_647 - 0.5) * spread;
    for (let channel = pixel; channel < pixel + 3; channel += 1) picture.data[channel]! += change;
  }
  context.putImageData(picture, 0, 0);
}
