import type { Random } from '../../training/examples/random.ts';
import type { Layer } from './layer.ts';
import { type Colour, createPhoto, expose, type Photo, paint } from './photo.ts';

/** What a page looks like in the picture. */
export interface Look {
  paper: Colour;
  ink: Colour;
  /** Of what is printed on the paper. */
  print: Colour;
  /** null on a screen, which is flat and sharp. */
  camera: { blur: number; slope: number; shadow: number; grain: number; jpeg: number } | null;
}

/** A drawing on a screen or a clean scan: mostly dark on white. */
export function chooseScreen(random: Random): Look {
  const white = random.chance(0.6) ? 255 : random.uniform(232, 255);
  const dark = random.chance(0.5) ? 0 : random.uniform(0, 60);
  const ink: Colour = random.chance(0.25) ? [dark * 0.5, dark, 90 + dark] : [dark, dark, dark];
  return { paper: [white, white, white], ink, print: grey(random.uniform(120, 190)), camera: null };
}

/** A drawing program's canvas: light on dark. */
export function chooseCanvas(random: Random): Look {
  const dark = random.chance(0.6) ? 0 : random.uniform(0, 45);
  const paper: Colour = random.chance(0.3) ? [dark, dark + 6, dark + 16] : grey(dark);
  return { paper, ink: grey(random.uniform(215, 255)), print: grey(random.uniform(60, 100)), camera: null };
}

/** A photo of off-white paper. */
export function choosePhoto(random: Random): Look {
  const paper = random.uniform(195, 240);
  const ink = random.uniform(40, 90);
  const warm = random.uniform(-4, 14);
  return {
    paper: [paper + warm / 2, paper, paper - warm],
    ink: random.chance(0.35) ? [ink * 0.75, ink * 0.85, ink + 45] : [ink, ink, ink + random.uniform(-4, 8)],
    print: [paper - 70, paper - random.uniform(35, 60), paper - random.uniform(10, 40)],
    camera: {
      blur: random.uniform(0.5, 1.3),
      slope: random.uniform(0.05, 0.25),
      shadow: random.chance(0.35) ? random.uniform(0.1, 0.3) : 0,
      grain: random.uniform(1.5, 6),
      jpeg: random.integer(60, 88),
    },
  };
}

export function chooseLook(random: Random): Look {
  const lot = random.uniform(0, 1);
  if (lot < 0.4) return chooseScreen(random);
  return lot < 0.5 ? chooseCanvas(random) : choosePhoto(random);
}

/** Puts ink, and what is printed under it, on paper and takes a picture of that. */
export function onPaper(ink: Layer, look: Look, random: Random, print: Layer | null = null): Photo {
  const { camera } = look;
  const photo = createPhoto(ink, look.paper);
  if (print) paint(photo, print, look.print, camera?.blur);
  paint(photo, ink, look.ink, camera?.blur);
  if (!camera) return photo;
  expose(photo, camera, random);
  return { ...photo, jpeg: camera.jpeg };
}

function grey(level: number): Colour {
  return [level, level, level];
}
