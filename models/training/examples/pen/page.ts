import type { Bitmap } from '@inkqueue/worker/pipeline/bitmap';
import type { Random } from '../random.ts';
import { drawFrame, drawRules, drawSpecks } from './marks.ts';
import type { Drawing } from './pen.ts';

/** A screen is flat and clean; paper has light, grain, rules, frames and specks. */
export type Medium = 'screen' | 'paper';

/** Puts a drawing on a medium and takes a photo or a screenshot of it. */
export function photograph(drawing: Drawing, medium: Medium, random: Random): Bitmap {
  return medium === 'screen' ? capture(drawing, random) : photo(drawing, random);
}

function capture({ coverage, width, height }: Drawing, random: Random): Bitmap {
  const plain = random.chance(0.6);
  const dark = plain ? 0 : random.uniform(0, 90);
  const light = plain ? 255 : random.uniform(165, 255);
  const [ink, paper] = random.chance(0.55) ? [dark, light] : [light, dark];
  if (random.chance(0.75)) {
    const data = new Uint8Array(coverage.length);
    for (let i = 0; i < data.length; i++) data[i] = paper + (ink - paper) * coverage[i]!;
    return { data, width, height, channels: 1 };
  }
  const tint = [0, 1, 2].map(() => random.uniform(-50, 50));
  const data = new Uint8Array(coverage.length * 3);
  for (let i = 0; i < data.length; i++) {
    const colour = Math.min(255, Math.max(0, ink + tint[i % 3]!));
    data[i] = paper + (colour - paper) * coverage[Math.floor(i / 3)]!;
  }
  return { data, width, height, channels: 3 };
}

function photo(drawing: Drawing, random: Random): Bitmap {
  const { width, height } = drawing;
  const level = random.uniform(0.5, 1);
  const inkLevel = level * random.uniform(0.05, 0.6);
  const light = chooseLight(random);
  const pressure = random.chance(0.4) ? random.uniform(0, 0.5) : 0;
  const grain = random.uniform(0, 0.03);
  const values = new Float32Array(width * height);
  const marks = drawMarks(width, height, random);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const worn = 1 - pressure * (0.5 + 0.5 * Math.sin((x / width) * 5 + (y / height) * 7));
      const paper = level * (1 - marks[i]!);
      const ink = Math.min(paper, inkLevel);
      values[i] = (paper + (ink - paper) * drawing.coverage[i]! * worn) * light(x / width, y / height);
    }
  }
  const soft = random.chance(0.5)
    ? blur(values, width, height, random.integer(1, Math.max(1, width >> 7)))
    : values;
  const gain = random.uniform(0.75, 1.05) * 255;
  const coarse = random.chance(0.3) ? random.uniform(0, 0.02) : 0;
  const data = new Uint8Array(soft.length);
  for (let i = 0; i < data.length; i++) {
    const patch =
      coarse && Math.sin(((i % width) / width) * 40 + Math.cos((i / width / height) * 33) * 3) * coarse;
    data[i] = Math.min(255, Math.max(0, (soft[i]! + grain * random.roughNormal() + patch) * gain));
  }
  return { data: random.chance(0.12) ? data.map((v) => 255 - v) : data, width, height, channels: 1 };
}

function drawMarks(width: number, height: number, random: Random): Float32Array {
  const marks = new Float32Array(width * height);
  if (random.chance(0.2)) drawRules(marks, width, height, random);
  if (random.chance(0.05)) drawFrame(marks, width, height, random);
  if (random.chance(0.15)) drawSpecks(marks, width, height, random);
  return marks;
}

/** Brightness over the page: a slope, darker corners, and at times the soft edge of a shadow. */
function chooseLight(random: Random): (x: number, y: number) => number {
  const turn = random.uniform(0, 2 * Math.PI);
  const [dx, dy] = [Math.cos(turn), Math.sin(turn)];
  const slope = random.uniform(0, 0.35);
  const corners = random.uniform(0, 0.25);
  const shadow = random.chance(0.25) ? random.uniform(0.1, 0.45) : 0;
  const edge = random.uniform(-0.5, 0.5);
  const softness = random.uniform(0.03, 0.2);
  return (x, y) => {
    const along = (x - 0.5) * dx + (y - 0.5) * dy;
    const across = (x - 0.5) * dy - (y - 0.5) * dx;
    const shade = shadow / (1 + Math.exp((across - edge) / softness));
    return (1 - slope * (along + 0.5)) * (1 - corners * ((x - 0.5) ** 2 + (y - 0.5) ** 2)) * (1 - shade);
  };
}

/** Two passes of a box, near enough to a Gaussian. */
function blur(values: Float32Array, width: number, height: number, radius: number): Float32Array {
  const rows = blurLines(values, { lines: height, n: width, step: 1, stride: width, radius });
  return blurLines(rows, { lines: width, n: height, step: width, stride: 1, radius });
}

interface Lines {
  lines: number;
  n: number;
  step: number;
  stride: number;
  radius: number;
}

function blurLines(from: Float32Array, { lines, n, step, stride, radius }: Lines): Float32Array {
  const out = new Float32Array(from.length);
  for (let line = 0; line < lines; line++) {
    const at = (i: number) => from[line * stride + Math.min(n - 1, Math.max(0, i)) * step]!;
    let sum = 0;
    for (let i = -radius; i <= radius; i++) sum += at(i);
    for (let i = 0; i < n; i++) {
      out[line * stride + i * step] = sum / (2 * radius + 1);
      sum += at(i + radius + 1) - at(i - radius);
    }
  }
  return out;
}
