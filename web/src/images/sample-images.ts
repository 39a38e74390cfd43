import { DIGIT_BOX, DIGIT_PATHS } from '@inkqueue/shared/drawing/digit-paths';
import { isFaithful } from '../browser/faithful-canvas.ts';

interface Sample {
  /** SVG path data in the box that the digits are drawn in. */
  line: string;
  /** The pen's width in the units of that box. */
  pen: number;
  ink: string;
  /** Of the paper, from its top left to its bottom right. */
  paper: readonly [string, string];
  /** In radians, clockwise: a hand is never quite straight. */
  tilt: number;
  /** How many times the line is drawn, each time a little beside the last. */
  passes: number;
  /** Spread of the grain, of 255, at an image's full size. */
  grain: number;
  squares?: string;
}

const SAMPLES = {
  pen: {
    line: DIGIT_PATHS[7]!,
    pen: 6,
    ink: '#24408c',
    paper: ['#f6eeda', '#a89878'],
    tilt: -0.14,
    passes: 1,
    grain: 14,
  },
  pencil: {
    line: DIGIT_PATHS[2]!,
    pen: 5,
    ink: 'rgb(70 72 80 / 0.4)',
    paper: ['#fdfcf8', '#f1efe8'],
    tilt: 0.08,
    passes: 3,
    grain: 22,
    squares: '#cddbea',
  },
  chalk: {
    line: DIGIT_PATHS[5]!,
    pen: 10,
    ink: 'rgb(240 242 232 / 0.75)',
    paper: ['#33473d', '#22302a'],
    tilt: 0.05,
    passes: 2,
    grain: 44,
  },
  star: {
    line: 'M50 22L79 112L4 56L96 56L21 112L50 22',
    pen: 8,
    ink: '#b3372b',
    paper: ['#ffffff', '#f3f3f0'],
    tilt: -0.06,
    passes: 1,
    grain: 0,
  },
} as const satisfies Record<string, Sample>;

type SampleName = keyof typeof SAMPLES;

const IMAGE_SIDE_PIXELS = 480;
/** An image's side, in the units of the digits' box. */
const SIDE_UNITS = 220;
const SQUARES_PER_SIDE = 14;

/** Whether the browser gives samples out as they are painted. */
export function canPaintSamples(): boolean {
  return isFaithful(document.createElement('canvas').getContext('2d', { alpha: false })!);
}

/** A sample as a JPEG file, as from a camera, named after `title`. */
export async function sampleImage(name: SampleName, title: string): Promise<File> {
  const canvas = document.createElement('canvas');
  paintSample(canvas, name, IMAGE_SIDE_PIXELS);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.9));
  if (!blob) throw new Error('The canvas returned no JPEG');
  return new File([blob], `${title}.jpg`, { type: 'image/jpeg' });
}

/** Paints a sample, square and `side` pixels wide. */
export function paintSample(canvas: HTMLCanvasElement, name: SampleName, side: number): void {
  const sample: Sample = SAMPLES[name];
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true })!;
  context.scale(side / SIDE_UNITS, side / SIDE_UNITS);
  paintPaper(context, sample);
  paintInk(context, sample);
  addGrain(context, side, (sample.grain * side) / IMAGE_SIDE_PIXELS);
}

function paintPaper(context: CanvasRenderingContext2D, { paper, squares }: Sample): void {
  const light = context.createLinearGradient(0, 0, SIDE_UNITS, SIDE_UNITS);
  light.addColorStop(0.35, paper[0]);
  light.addColorStop(1, paper[1]);
  context.fillStyle = light;
  context.fillRect(0, 0, SIDE_UNITS, SIDE_UNITS);
  if (!squares) return;
  context.fillStyle = squares;
  for (let line = 1; line < SQUARES_PER_SIDE; line += 1) {
    const at = (line * SIDE_UNITS) / SQUARES_PER_SIDE;
    context.fillRect(at, 0, 0.8, SIDE_UNITS);
    context.fillRect(0, at, SIDE_UNITS, 0.8);
  }
}

function paintInk(context: CanvasRenderingContext2D, { line, pen, ink, tilt, passes }: Sample): void {
  const path = new Path2D(line);
  context.save();
  context.translate(SIDE_UNITS / 2, SIDE_UNITS / 2);
  context.rotate(tilt);
  context.translate(-DIGIT_BOX.width / 2, -DIGIT_BOX.height / 2);
  context.lineWidth = pen;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.strokeStyle = ink;
  for (let pass = 0; pass < passes; pass += 1) {
    context.stroke(path);
    context.translate(pass % 2 ? -1.6 : 1.2, 0.8);
  }
  context.restore();
}

/** Grain of paper and camera: the same at each visit. */
function addGrain(context: CanvasRenderingContext2D, side: number, spread: number): void {
  const image = context.getImageData(0, 0, side, side);
  let random = 1;
  for (let pixel = 0; pixel < image.data.length; pixel += 4) {
    random = (random * 48_271) % 2_147_483_647;
    const change = (random / 2_147_483_647 - 0.5) * spread;
    for (let channel = pixel; channel < pixel + 3; channel += 1) image.data[channel]! += change;
  }
  context.putImageData(image, 0, 0);
}
