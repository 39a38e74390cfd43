import { expect, test } from 'vitest';
import { drawForm } from './drawn/forms.ts';
import { renderExample } from './example.ts';
import { traceStrokes } from './pen/strokes.ts';
import { createRandom } from './random.ts';

/** Renders `n` examples of drawn digits; null where production found no ink. */
function render(seed: number, n: number) {
  const random = createRandom(seed);
  return Array.from({ length: n }, () => {
    const strokes = traceStrokes(drawForm(random).mask, 1);
    return strokes && renderExample(strokes, random);
  });
}

test('the same seed renders the same examples, another seed others', () => {
  expect(render(3, 8)).toEqual(render(3, 8));
  expect(render(3, 8)).not.toEqual(render(4, 8));
});

test('most examples are usable, and all of those have ink', () => {
  const usable = render(5, 60).filter((pixels) => pixels !== null);
  expect(usable.length).toBeGreaterThan(45);
  for (const pixels of usable) expect(Math.max(...pixels)).toBeGreaterThan(150);
});
