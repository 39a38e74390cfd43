import type { Random } from '../../../training/examples/random.ts';
import { chooseHeight, type Kind, layOut, type Stage } from '../kind.ts';
import { addLayer, createLayer, cropToInk, type Layer } from '../layer.ts';
import { chooseCanvas, chooseLook, choosePhoto, chooseScreen, type Look, onPaper } from '../paper.ts';
import type { Photo } from '../photo.ts';
import { drawRules } from '../print.ts';
import { chooseHand, type Hand } from '../write-digit.ts';
import { type Spacing, writeNumber } from '../write-number.ts';

/** Pictures of more than one digit. */
export const NUMBERS: Kind[] = [
  { name: 'number-apart', shows: 'number', draw: (label, stage) => spaced(label, 'apart', stage) },
  { name: 'number-close', shows: 'number', draw: (label, stage) => spaced(label, 'close', stage) },
  { name: 'number-touching', shows: 'number', draw: (label, stage) => spaced(label, 'touching', stage) },
  { name: 'number-ruled', shows: 'number', draw: ruled },
  { name: 'number-photo', shows: 'number', draw: photographed },
  { name: 'number-lines', shows: 'lines', draw: onLines },
  { name: 'number-canvas', shows: 'number', draw: onCanvas },
];

function spaced(label: string, spacing: Spacing, stage: Stage): Photo {
  return draw(label, spacing, { ...stage, look: chooseLook(stage.random) });
}

function photographed(label: string, stage: Stage): Photo {
  const { random } = stage;
  const look = choosePhoto(random);
  const camera = { ...look.camera!, blur: random.uniform(0.8, 1.6), shadow: random.uniform(0.12, 0.35) };
  return draw(label, random.pick(['apart', 'close']), { ...stage, look: { ...look, camera } });
}

function onCanvas(label: string, stage: Stage): Photo {
  const { random } = stage;
  const hand = {
    ...chooseHand(chooseHeight(random), random),
    round: true,
    pen: random.uniform(0.035, 0.075),
  };
  return draw(label, random.pick(['apart', 'close']), { ...stage, look: chooseCanvas(random), hand });
}

function ruled(label: string, stage: Stage): Photo {
  const { random } = stage;
  const hand = chooseHand(chooseHeight(random), random);
  const number = write(label, random.pick(['apart', 'close']), hand, stage);
  const { page, box } = layOut(number, 0.3 * hand.height, random);
  const print = createLayer(page.width, page.height);
  const squared = random.chance(0.4);
  drawRules(print, {
    gap: hand.height * (squared ? random.uniform(0.3, 0.65) : random.uniform(1.05, 1.5)),
    at: box.bottom + hand.height * random.uniform(-0.04, 0.12),
    thickness: random.uniform(0.8, 1.8),
    lean: random.normal() * 0.008,
    squared,
  });
  const look = random.chance(0.3) ? chooseScreen(random) : choosePhoto(random);
  return onPaper(page, look, random, print);
}

function onLines(label: string, stage: Stage): Photo {
  const { random } = stage;
  const hand = chooseHand(random.uniform(60, 90), random);
  const spacing = random.pick(['apart', 'close'] as const);
  const rows = label.split('-').map((text) => write(text, spacing, hand, stage));
  const block = createLayer(
    Math.max(...rows.map(({ width }) => width)) + hand.height,
    rows.length * 2 * hand.height,
  );
  const space = random.uniform(0.25, 0.6) * hand.height;
  let top = 0;
  for (const row of rows) {
    addLayer(block, row, { left: random.uniform(0, 0.4) * hand.height, top });
    top += row.height + space * random.uniform(0.9, 1.2);
  }
  const { page } = layOut(cropToInk(block), 0.3 * hand.height, random);
  return onPaper(page, chooseLook(random), random);
}

function draw(label: string, spacing: Spacing, stage: Stage & { look: Look; hand?: Hand }): Photo {
  const { random, look, hand = chooseHand(chooseHeight(random), random) } = stage;
  const { page } = layOut(write(label, spacing, hand, stage), 0.25 * hand.height, random);
  return onPaper(page, look, random);
}

function write(text: string, spacing: Spacing, hand: Hand, { random, pickDigit }: Stage): Layer {
  return writeNumber(text, { hand, spacing, pickDigit }, random);
}

/** A number of two to six digits. */
export function chooseNumber(random: Random, digits = random.integer(2, 6)): string {
  return Array.from({ length: digits }, () => random.integer(0, 9)).join('');
}
