import { describe, expect, it } from 'vitest';
import { acceptedAt, batchOf, failedAs, itemAfter } from '../../testing/batches.ts';
import { canceled, failedWith, queued, resultOf, succeeded } from '../../testing/predictions.ts';
import { arranged, countStandings, isItemRetryable, standingOf, textOf } from './standing.ts';

const read = (digit: number, confidence = 0.99, uncertain = false) => ({
  type: 'state' as const,
  prediction: { ...succeeded(digit), result: resultOf(digit, confidence, uncertain) },
});
const ended = (prediction: object) => ({ type: 'state' as const, prediction });

describe('where a picture stands', () => {
  it.each([
    ['read', [read(3)]],
    ['check', [read(3, 0.6, true)]],
    ['open', [ended(queued())]],
    ['open', [failedAs('queue-full', true, 5000)]],
    ['no-digit', [ended(failedWith('no-ink'))]],
    ['no-picture', [failedAs('unsupported-format')]],
    ['no-picture', [failedAs('empty-file')]],
    ['failed', [ended(failedWith('worker-lost'))]],
    ['failed', [failedAs('too-large')]],
    ['unsent', [failedAs('not-sent')]],
    ['canceled', [ended(canceled())]],
  ] as const)('%s', (standing, events) => {
    const item = itemAfter(0, acceptedAt(0), ...events);
    expect(standingOf(item)).toBe(standing);
    expect(countStandings([item, item])[standing]).toBe(2);
  });

  it('is read once a person has said what it shows', () => {
    const item = { ...itemAfter(0, acceptedAt(0), ended(failedWith('no-ink'))), byHand: '7' };
    expect([standingOf(item), textOf(item)]).toEqual(['read', '7']);
    expect(textOf({ ...item, byHand: '' })).toBe('');
  });

  it('is what was kept of it when the service has deleted it', () => {
    const kept = { id: queued().id, text: '42', confidence: 0.7, uncertain: true };
    const item = { ...itemAfter(0, acceptedAt(0), failedAs('batch-expired')), kept };
    expect([standingOf(item), textOf(item)]).toEqual(['check', '42']);
  });
});

describe('another try', () => {
  it('helps where the service may have the picture, or the page has the file', () => {
    const lost = itemAfter(0, acceptedAt(0), ended(failedWith('worker-lost')));
    const refused = itemAfter(0, failedAs('queue-full', true));
    expect([lost, refused].map(isItemRetryable)).toEqual([true, true]);
    expect([lost, refused].map((item) => isItemRetryable({ ...item, thumbnail: null }))).toEqual([
      true,
      false,
    ]);
  });

  it('helps no picture that is at fault itself, was canceled, or is tried again anyway', () => {
    const items = [
      itemAfter(0, acceptedAt(0), ended(failedWith('no-ink'))),
      itemAfter(0, acceptedAt(0), ended(canceled())),
      itemAfter(0, failedAs('queue-full', true, 5000)),
      itemAfter(0, read(3)),
    ];
    expect(items.map(isItemRetryable)).toEqual([false, false, false, false]);
  });
});

describe('the order', () => {
  const batch = batchOf(
    itemAfter(0, read(1, 0.99)),
    itemAfter(1, read(2, 0.4, true)),
    itemAfter(2, ended(failedWith('no-ink'))),
    itemAfter(3, read(4, 0.9)),
    itemAfter(4, read(5, 0.3, true)),
  );
  const names = (arrangement: Partial<Parameters<typeof arranged>[1]>, of = batch) =>
    arranged(of, { standing: null, order: 'doubtful', query: '', ...arrangement }).map(({ name }) => name[0]);

  it('has the doubtful first, the least sure before the others', () => {
    expect(names({}).join('')).toBe('41230');
    expect(names({ order: 'sent' }).join('')).toBe('01234');
  });

  it('stays when a person says what a picture shows', () => {
    const items = batch.items.map((item, index) => (index === 4 ? { ...item, byHand: '8' } : item));
    expect(names({}, { ...batch, items }).join('')).toBe('41230');
    expect(names({ standing: 'check' }, { ...batch, items }).join('')).toBe('1');
  });

  it('is that of what fits', () => {
    expect(names({ standing: 'check' }).join('')).toBe('41');
    expect(names({ query: '3.PNG' }).join('')).toBe('3');
    expect(names({ query: '5' }).join('')).toBe('4');
  });
});
