import { describe, expect, it } from 'vitest';
import { line, row, type Strokes, shape } from '../digits.fixture.ts';
import { written } from './detail.fixture.ts';
import { measureWriting } from './writing.ts';

const place = { left: 30, top: 20, height: 50, step: 44 };
const measure = (...strokes: Strokes[]) => {
  const detail = written(240, 110, ...strokes);
  return measureWriting(detail.components, detail);
};

describe('the height', () => {
  it('is that of the digits', () => {
    const { height } = measure(...row(['3', '1', '7'], place));
    expect(Math.abs(height - 54)).toBeLessThan(4);
  });

  it('is not that of marks and flat strokes', () => {
    const lines = [86, 95, 104].map((y) => line(4, y, 236, y));
    const { height } = measure(...row(['3', '1', '7'], place), line(140, 70, 142, 70), ...lines);
    expect(Math.abs(height - 54)).toBeLessThan(4);
  });

  it('is not that of one larger digit among several', () => {
    const small = row(['3', '8', '0', '2'], { left: 20, top: 30, height: 30, step: 34 });
    const { height } = measure(...small, shape('1', { left: 200, top: 10, height: 90 }));
    expect(Math.abs(height - 34)).toBeLessThan(4);
  });

  it('is that of a dash where there is nothing else', () => {
    expect(Math.abs(measure(line(20, 50, 100, 50)).height - 4)).toBeLessThan(2);
  });
});

describe('the slant', () => {
  it.each([-0.2, 0, 0.3, 0.6])('is that of the strokes: %f', (slant) => {
    const digits = row(['1', '4', '7', '1', '4'], { ...place, left: 16, step: 36, slant });
    expect(measure(...digits).slant).toBeCloseTo(slant, 0.3);
  });

  it('is none where no slant is clearer than another', () => {
    expect(measure(...row(['0', '8', '0'], place)).slant).toBe(0);
  });
});
