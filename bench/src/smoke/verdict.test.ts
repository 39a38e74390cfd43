import { describe, expect, it } from 'vitest';
import { judge, ratioOf } from './verdict.ts';

const rounds = (ratios: readonly number[], foreign = 0) => ratios.map((ratio) => ({ ratio, foreign }));

describe('ratioOf', () => {
  it('is the median of the rounds in which the machine was quiet', () => {
    expect(ratioOf([...rounds([5, 1, 4, 2, 3]), ...rounds([90, 91, 92], 0.11)])).toBe(3);
  });

  it('is null where fewer than five rounds were quiet', () => {
    expect(ratioOf([...rounds([1, 1, 1, 1]), ...rounds([1, 1, 1], 0.11)])).toBeNull();
  });
});

describe('judge', () => {
  const recorded = { '28': 0.08, '280': 0.12, phone: 10 };

  it.each([
    ['28', 0.0919, 'passed'],
    ['28', 0.0921, 'failed'],
    ['280', 0.1379, 'passed'],
    ['280', 0.1381, 'failed'],
    ['phone', 12.4, 'passed'],
    ['phone', 12.6, 'failed'],
  ] as const)('lets %s cost so much more than recorded: %d has %s', (image, measured, verdict) => {
    expect(judge(image, measured, recorded[image])).toMatchObject({ verdict });
  });

  it('does not judge on a busy machine, nor without a record', () => {
    expect(judge('28', null, recorded['28'])).toMatchObject({ why: expect.stringContaining('busy') });
    expect(judge('28', 1, undefined)).toMatchObject({ why: expect.stringContaining('recorded') });
  });
});
