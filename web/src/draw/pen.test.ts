import { beforeEach, describe, expect, it } from 'vitest';
import type { Stroke } from '../state/sheet.ts';
import { listenToPen } from './pen.ts';

const PALM = { pointerId: 1, pointerType: 'touch' };
const PEN = { pointerId: 2, pointerType: 'pen' };
const FINGER = { pointerId: 3, pointerType: 'touch' };
const MOUSE = { pointerId: 4, pointerType: 'mouse' };

let sheet: EventTarget & { setPointerCapture: (id: number) => void };
let moved: (Stroke | null)[];
let finished: Stroke[];
let now: number;

beforeEach(() => {
  now = 10_000;
  moved = [];
  finished = [];
  sheet = Object.assign(new EventTarget(), {
    getBoundingClientRect: () => ({ left: 0, top: 0, width: 280, height: 280 }),
    setPointerCapture: () => {},
  });
  listenToPen(sheet as unknown as HTMLElement, () => 'medium', {
    moved: (stroke) => moved.push(stroke),
    finished: (stroke) => finished.push(stroke),
  });
});

function send(
  type: 'down' | 'move' | 'up' | 'cancel',
  pointer: typeof PALM,
  x = 0,
  details: object = {},
): void {
  now += 10;
  const event = new Event(`pointer${type}`);
  Object.defineProperty(event, 'timeStamp', { value: now });
  Object.assign(event, { button: 0, isPrimary: true, clientX: x, clientY: 5, pressure: 0.5, ...details });
  sheet.dispatchEvent(Object.assign(event, pointer));
}

function draw(pointer: typeof PALM): void {
  send('down', pointer, 10);
  send('move', pointer, 20);
  send('up', pointer, 20);
}

const xs = (stroke: Stroke | undefined) => stroke?.points.map(([x]) => x);

describe.each([
  ['a mouse', MOUSE, false],
  ['a finger', FINGER, false],
  ['a pen', PEN, true],
] as const)('%s', (_, pointer, pressed) => {
  it('draws a stroke', () => {
    draw(pointer);
    expect(finished).toHaveLength(1);
    expect(finished[0]).toMatchObject({ pen: 'medium', pressed });
    expect(xs(finished[0])).toEqual([10, 20]);
  });

  it('draws where its capture fails, as after a quick tap', () => {
    sheet.setPointerCapture = () => {
      throw new DOMException('no', 'NotFoundError');
    };
    draw(pointer);
    expect(finished).toHaveLength(1);
  });

  it('draws the next stroke where the end of the last one was not reported', () => {
    send('down', pointer, 10);
    send('move', pointer, 15);
    draw(pointer);
    expect(finished.map(xs)).toEqual([
      [10, 15],
      [10, 20],
    ]);
  });
});

describe('a palm', () => {
  it('that touches first leaves the sheet to the pen, and no ink', () => {
    send('down', PALM, 200);
    send('move', PALM, 202);
    send('down', PEN, 10);
    send('move', PALM, 204);
    send('move', PEN, 20);
    send('up', PALM, 204);
    send('up', PEN, 20);
    expect(finished.map(xs)).toEqual([[10, 20]]);
    expect(xs(moved.at(-1)!)).toEqual([10, 20]);
  });

  it('that the system cancels leaves no ink', () => {
    send('down', PALM, 200);
    send('cancel', PALM);
    expect(finished).toEqual([]);
    expect(moved.at(-1)).toBeNull();
  });

  it('that is put down between two strokes of a pen draws nothing', () => {
    draw(PEN);
    draw(PALM);
    draw(PEN);
    expect(finished).toHaveLength(2);
  });
});

it('a finger draws again a while after the pen', () => {
  draw(PEN);
  now += 2000;
  draw(FINGER);
  expect(finished).toHaveLength(2);
});

it('a finger draws while another one rests beside the sheet', () => {
  send('down', FINGER, 10, { isPrimary: false });
  send('up', FINGER);
  expect(finished).toHaveLength(1);
});

it('a second finger does not disturb the first', () => {
  send('down', FINGER, 10);
  send('down', PALM, 200);
  send('move', PALM, 210);
  send('up', PALM);
  send('move', FINGER, 20);
  send('up', FINGER);
  expect(finished.map(xs)).toEqual([[10, 20]]);
});

it('a pen’s stroke that the system cancels stays as far as it came', () => {
  send('down', PEN, 10);
  send('move', PEN, 20);
  send('cancel', PEN);
  expect(finished.map(xs)).toEqual([[10, 20]]);
});

it('a pencil’s touches are cancelled, so that no gesture of the system swallows them', () => {
  const touch = new Event('touchmove', { cancelable: true });
  sheet.dispatchEvent(touch);
  expect(touch.defaultPrevented).toBe(true);
});
