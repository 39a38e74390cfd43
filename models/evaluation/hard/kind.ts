import type { Random } from '../../training/examples/random.ts';
import type { PickDigit } from './digits.ts';
import { addLayer, type Box, createLayer, type Layer } from './layer.ts';
import type { Photo } from './photo.ts';

/** What a picture is drawn with: all that differs between two pictures of a kind comes from `random`. */
export interface Stage {
  random: Random;
  pickDigit: PickDigit;
}

/** One way in which a picture is hard. */
export interface Kind {
  name: string;
  /** What a picture shows: one digit, a number, a number on each of a few lines, or no digit. */
  shows: 'digit' | 'number' | 'lines' | 'nothing';
  /** Draws a picture of the label: its digits, lines separated by “-”; empty where it shows no digit. */
  draw(label: string, stage: Stage): Photo;
}

/** A page with a drawing, and where that is. */
export interface Page {
  page: Layer;
  box: Box;
}

/** Puts a drawing on a page, with at least `room` pixels around it and up to twice as many. */
export function layOut(drawing: Layer, room: number, random: Random): Page {
  const margin = () => Math.round(room * random.uniform(1, 2));
  const at = { left: margin(), top: margin() };
  const page = createLayer(at.left + drawing.width + margin(), at.top + drawing.height + margin());
  return { page, box: addLayer(page, drawing, at) };
}

/** The height of a digit in most pictures, in pixels: three to six times that of MNIST's. */
export function chooseHeight(random: Random): number {
  return random.uniform(60, 120);
}
