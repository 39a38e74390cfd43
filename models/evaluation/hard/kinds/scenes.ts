import type { Random } from '../../../training/examples/random.ts';
import type { Kind, Stage } from '../kind.ts';
import { addLayer, createLayer, type Layer } from '../layer.ts';
import type { Point } from '../lines.ts';
import { type Colour, createPhoto, expose, type Photo, paint } from '../photo.ts';
import { chooseTone, deskTexture, woodTexture } from '../textures.ts';
import { chooseHand, writeDigit } from '../write-digit.ts';

/** Photos of one digit on a sheet that does not fill the picture. */
export const SCENES: Kind[] = [
  { name: 'sheet-on-desk', shows: 'digit', draw: sheetOnDesk },
  { name: 'note-on-wood', shows: 'digit', draw: noteOnWood },
];

/** A rectangle that lies aslant. Lengths in pixels, `turn` clockwise in radians. */
interface Sheet {
  centre: Point;
  width: number;
  height: number;
  turn: number;
}

function sheetOnDesk(label: string, stage: Stage): Photo {
  const { random } = stage;
  const size = { width: random.integer(300, 460), height: random.integer(300, 460) };
  const shape = { aspect: random.uniform(0.7, 1.4), turn: degrees(random.uniform(-20, 20)) };
  const white = random.uniform(205, 245);
  return scene(label, stage, {
    background: createPhoto(size, deskTexture(chooseTone(random), random)),
    sheet: chooseSheet(
      size,
      { ...shape, cornersOut: random.chance(0.35) ? random.integer(1, 2) : 0 },
      random,
    ),
    paper: [white + 3, white, white - random.uniform(0, 12)],
    ink: random.chance(0.4) ? [40, 45, 100] : [45, 45, 48],
  });
}

function noteOnWood(label: string, stage: Stage): Photo {
  const { random } = stage;
  const size = { width: random.integer(300, 440), height: random.integer(300, 440) };
  const shape = { aspect: random.uniform(0.92, 1.08), turn: degrees(random.uniform(-15, 15)), cornersOut: 0 };
  return scene(label, stage, {
    background: createPhoto(size, woodTexture(random)),
    sheet: chooseSheet(size, shape, random),
    paper: [random.uniform(225, 250), random.uniform(205, 228), random.uniform(80, 135)],
    ink: random.chance(0.5) ? [30, 35, 90] : [40, 36, 34],
  });
}

interface Scene {
  background: Photo;
  sheet: Sheet;
  paper: Colour;
  ink: Colour;
}

/** The digit stands on the sheet, which is in focus as the desk is. */
function scene(label: string, { random, pickDigit }: Stage, { background, sheet, paper, ink }: Scene): Photo {
  const blur = random.uniform(0.5, 1.2);
  const shadow = { ...sheet, centre: [sheet.centre[0] + 4, sheet.centre[1] + 5] as Point };
  paint(
    background,
    drawSheet(background, shadow),
    [20, 16, 12].map((c) => c + 10) as [number, number, number],
    4,
  );
  paint(background, drawSheet(background, sheet), paper, blur);
  const hand = chooseHand(random.uniform(0.3, 0.6) * Math.min(sheet.width, sheet.height), random);
  const digit = writeDigit(pickDigit(Number(label), random), { ...hand, turn: sheet.turn + hand.turn });
  const layer = createLayer(background.width, background.height);
  const [x, y] = placeOn(sheet, background);
  addLayer(layer, digit, { left: x - digit.width / 2, top: y - digit.height / 2 });
  paint(background, layer, ink, blur);
  expose(background, { slope: random.uniform(0.05, 0.2), shadow: 0, grain: random.uniform(1.5, 5) }, random);
  return { ...background, jpeg: random.integer(65, 90) };
}

/** The sheet's middle, nearer to the picture's where a part of the sheet is out of it. */
function placeOn({ centre }: Sheet, { width, height }: { width: number; height: number }): Point {
  const [dx, dy] = [centre[0] - width / 2, centre[1] - height / 2];
  return [centre[0] - 0.35 * dx, centre[1] - 0.35 * dy];
}

/** A sheet that covers 25 to 70 % of the picture and has as many corners out of it as are wanted. */
function chooseSheet(
  size: { width: number; height: number },
  { aspect, turn, cornersOut }: { aspect: number; turn: number; cornersOut: number },
  random: Random,
): Sheet {
  const { width, height } = size;
  for (;;) {
    const area = random.uniform(0.25, 0.75) * width * height;
    const spread = cornersOut > 0 ? 0.3 : 0.12;
    const sheet: Sheet = {
      centre: [
        width * (0.5 + random.uniform(-spread, spread)),
        height * (0.5 + random.uniform(-spread, spread)),
      ],
      width: Math.sqrt(area * aspect),
      height: Math.sqrt(area / aspect),
      turn,
    };
    const out = corners(sheet).filter(([x, y]) => x < 2 || y < 2 || x > width - 2 || y > height - 2).length;
    const seen = drawSheet(size, sheet).coverage.reduce((sum, c) => sum + c, 0) / (width * height);
    if (out === cornersOut && seen >= 0.25 && seen <= 0.7) return sheet;
  }
}

function corners({ centre, width, height, turn }: Sheet): Point[] {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ].map(([a, b]): Point => {
    const [u, v] = [(a! * width) / 2, (b! * height) / 2];
    return [centre[0] + u * cos - v * sin, centre[1] + u * sin + v * cos];
  });
}

function drawSheet(size: { width: number; height: number }, { centre, width, height, turn }: Sheet): Layer {
  const layer = createLayer(size.width, size.height);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  for (let y = 0, i = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++, i++) {
      const [dx, dy] = [x + 0.5 - centre[0], y + 0.5 - centre[1]];
      const inside = Math.min(
        width / 2 - Math.abs(dx * cos + dy * sin),
        height / 2 - Math.abs(dy * cos - dx * sin),
      );
      layer.coverage[i] = Math.min(1, Math.max(0, inside + 0.5));
    }
  }
  return layer;
}

function degrees(angle: number): number {
  return (angle * Math.PI) / 180;
}
