import { chooseHeight, type Kind, layOut, type Page, type Stage } from '../kind.ts';
import { addLayer, createLayer, type Layer } from '../layer.ts';
import { drawPath, line, shake } from '../lines.ts';
import { chooseLook, onPaper } from '../paper.ts';
import type { Photo } from '../photo.ts';
import { chooseHand, type Hand, writeDigit } from '../write-digit.ts';

/** Pictures of one digit with other strokes beside it or through it. */
export const MARKED: Kind[] = [
  { name: 'struck-through', shows: 'digit', draw: (label, stage) => marked(label, stage, strikeThrough) },
  { name: 'underlined', shows: 'digit', draw: (label, stage) => marked(label, stage, underline) },
  { name: 'stop', shows: 'digit', draw: (label, stage) => marked(label, stage, addStop) },
  { name: 'dash', shows: 'digit', draw: (label, stage) => marked(label, stage, addDash) },
  { name: 'neighbours', shows: 'digit', draw: betweenNeighbours },
];

function marked(label: string, stage: Stage, mark: (page: Page, hand: Hand, stage: Stage) => void): Photo {
  const { random, pickDigit } = stage;
  const hand = chooseHand(chooseHeight(random), random);
  const page = layOut(writeDigit(pickDigit(Number(label), random), hand), 0.55 * hand.height, random);
  mark(page, hand, stage);
  return onPaper(page.page, chooseLook(random), random);
}

/** One or two lines, level or aslant. */
function strikeThrough({ page, box }: Page, { height, pen }: Hand, { random }: Stage): void {
  const over = () => height * random.uniform(0.12, 0.3);
  const rise = height * (random.chance(0.5) ? random.normal() * 0.05 : random.uniform(-0.35, 0.35));
  const lines = random.chance(0.3) ? 2 : 1;
  for (let k = 0; k < lines; k++) {
    const y = (box.top + box.bottom) / 2 + (random.normal() * 0.04 + k * 0.15) * height;
    const path = line([box.left - over(), y + rise], [box.right + over(), y - rise]);
    drawPath(page, shake(path, 0.015 * height, random), pen * height);
  }
}

function underline({ page, box }: Page, { height, pen }: Hand, { random }: Stage): void {
  const over = () => height * random.uniform(0, 0.3);
  const lines = random.chance(0.25) ? 2 : 1;
  for (let k = 0; k < lines; k++) {
    const y = box.bottom + height * (random.uniform(0.08, 0.2) + pen + k * random.uniform(0.13, 0.17));
    const path = line([box.left - over(), y], [box.right + over(), y + random.normal() * 0.03 * height]);
    drawPath(page, shake(path, 0.012 * height, random), pen * height);
  }
}

/** A full stop, or a comma. */
function addStop({ page, box }: Page, { height, pen }: Hand, { random }: Stage): void {
  const radius = height * pen * random.uniform(1, 1.5);
  const x = box.right + radius + height * random.uniform(0.08, 0.2);
  const y = box.bottom - radius + random.normal() * 0.02 * height;
  drawPath(
    page,
    [
      [x, y],
      [x + 0.5, y + 0.5],
    ],
    radius,
  );
  if (random.chance(0.5)) return;
  const tail = height * random.uniform(0.1, 0.18);
  drawPath(
    page,
    [
      [x, y],
      [x, y + tail / 2],
      [x - tail / 2, y + tail],
    ],
    radius * 0.7,
  );
}

function addDash({ page, box }: Page, { height, pen }: Hand, { random }: Stage): void {
  const right = box.left - height * (pen + random.uniform(0.12, 0.28));
  const left = right - height * random.uniform(0.22, 0.4);
  const y = (box.top + box.bottom) / 2 + random.normal() * 0.05 * height;
  const path = line([Math.max(3, left), y], [right, y + random.normal() * 0.03 * height]);
  drawPath(page, shake(path, 0.01 * height, random), pen * height);
}

/** A crop of a number: the picture's edges cut off the digits to the left and to the right. */
function betweenNeighbours(label: string, stage: Stage): Photo {
  const { random, pickDigit } = stage;
  const hand = chooseHand(chooseHeight(random), random);
  const write = (digit: number): Layer =>
    writeDigit(pickDigit(digit, random), { ...hand, height: hand.height * random.uniform(0.93, 1.05) });
  const digit = write(Number(label));
  const sides = random.chance(0.65)
    ? [true, true]
    : random.pick([
        [true, false],
        [false, true],
      ]);
  const [left, right] = sides.map((cut) => {
    const neighbour = write(random.integer(0, 9));
    const gap = random.uniform(0.15, 0.4) * hand.height;
    const seen = cut ? neighbour.width * random.uniform(0.1, 0.5) : 0;
    return { neighbour, gap, seen, room: Math.round(gap + (cut ? seen : 0.3 * hand.height)) };
  });
  const margin = Math.round(random.uniform(0.25, 0.5) * hand.height);
  const page = createLayer(left!.room + digit.width + right!.room, digit.height + 2 * margin);
  addLayer(page, digit, { left: left!.room, top: margin });
  const top = () => margin + digit.height * random.normal() * 0.03;
  if (left!.seen > 0)
    addLayer(page, left!.neighbour, { left: left!.seen - left!.neighbour.width, top: top() });
  if (right!.seen > 0) addLayer(page, right!.neighbour, { left: page.width - right!.seen, top: top() });
  return onPaper(page, chooseLook(random), random);
}
