import { chooseHeight, type Kind, layOut, type Stage } from '../kind.ts';
import { addLayer, createLayer, type Layer } from '../layer.ts';
import { chooseLook, onPaper } from '../paper.ts';
import type { Photo } from '../photo.ts';
import { chooseHand, type Hand, writeDigit } from '../write-digit.ts';

/** Pictures of one digit alone, of an unusual shape, size or pen. */
export const SHAPED: Kind[] = [
  { name: 'turned', shows: 'digit', draw: turned },
  { name: 'squeezed', shows: 'digit', draw: squeezed },
  { name: 'small-in-corner', shows: 'digit', draw: smallInCorner },
  { name: 'thin-pen', shows: 'digit', draw: (label, stage) => withPen(label, [0.009, 0.016], stage) },
  { name: 'bold-pen', shows: 'digit', draw: (label, stage) => withPen(label, [0.09, 0.125], stage) },
];

/** By 25 to 30 degrees, to either side. */
function turned(label: string, stage: Stage): Photo {
  const { random } = stage;
  const hand = chooseHand(chooseHeight(random), random);
  const turn = ((random.chance(0.5) ? 1 : -1) * random.uniform(25, 30) * Math.PI) / 180;
  return alone(label, { ...hand, slant: hand.slant / 2, turn }, stage);
}

/** A narrow crop of a digit that was made a square. */
function squeezed(label: string, { random, pickDigit }: Stage): Photo {
  const hand = chooseHand(random.uniform(110, 180), random);
  const { page } = layOut(
    writeDigit(pickDigit(Number(label), random), hand),
    random.uniform(0.06, 0.14) * hand.height,
    random,
  );
  const side = Math.round(random.uniform(0.6, 1) * page.height);
  return onPaper(scaleTo(page, side, side), chooseLook(random), random);
}

/** The mean of the pixels that come together in one. */
function scaleTo(layer: Layer, width: number, height: number): Layer {
  const scaled = createLayer(width, height);
  const fine = 4;
  for (let i = 0; i < scaled.coverage.length; i++) {
    for (let k = 0; k < fine * fine; k++) {
      const x = ((i % width) + ((k % fine) + 0.5) / fine) * (layer.width / width);
      const y = (Math.floor(i / width) + (Math.floor(k / fine) + 0.5) / fine) * (layer.height / height);
      scaled.coverage[i]! += layer.coverage[Math.floor(y) * layer.width + Math.floor(x)]! / fine ** 2;
    }
  }
  return scaled;
}

/** A digit of 24 to 50 pixels near a corner of a picture ten times as high. */
function smallInCorner(label: string, { random, pickDigit }: Stage): Photo {
  const hand = chooseHand(random.uniform(24, 50), random);
  const digit = writeDigit(pickDigit(Number(label), random), { ...hand, pen: random.uniform(0.045, 0.08) });
  const height = hand.height * random.uniform(8, 12);
  const page = createLayer(height * random.uniform(0.8, 1.4), height);
  const [x, y] = [random.uniform(0.03, 0.12) * page.width, random.uniform(0.03, 0.12) * page.height];
  addLayer(page, digit, {
    left: random.chance(0.5) ? x : page.width - x - digit.width,
    top: random.chance(0.5) ? y : page.height - y - digit.height,
  });
  return onPaper(page, chooseLook(random), random);
}

/** `pens` are the thinnest and the thickest, half of the stroke's width as a share of the height. */
function withPen(label: string, [thinnest, thickest]: readonly [number, number], stage: Stage): Photo {
  const { random } = stage;
  const hand = chooseHand(random.uniform(110, 200), random);
  return alone(label, { ...hand, round: true, pen: random.uniform(thinnest, thickest) }, stage);
}

function alone(label: string, hand: Hand, { random, pickDigit }: Stage): Photo {
  const digit = writeDigit(pickDigit(Number(label), random), hand);
  const { page } = layOut(digit, 0.3 * hand.height, random);
  return onPaper(page, chooseLook(random), random);
}
