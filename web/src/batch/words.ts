import type { BatchItem, PageBatch } from '../state/batch/batch.ts';
import { readingOf, textOf } from '../state/batch/standing.ts';
import { predictionInWords } from '../texts/states.ts';
import { texts } from '../texts/texts.ts';

/** What the picture is called, by its file or else by its place in the batch. */
export function nameOf(item: BatchItem, { items }: Pick<PageBatch, 'items'>): string {
  return item.name || texts.batchPlace.unnamed(items.indexOf(item) + 1);
}

/** How sure the reading is, or why there is none. */
export function stateInWords(item: BatchItem): string {
  if (item.byHand !== null) return texts.batchPlace.byHand;
  return predictionInWords(item.tracked, readingOf(item));
}

/** All of it for screen readers: what was read comes first. */
export function itemInWords(item: BatchItem, name: string): string {
  const state = stateInWords(item);
  const text = textOf(item);
  const { card, cardUnread, noDigit } = texts.batchPlace;
  if (text !== null) return card(text === '' ? noDigit : texts.aloud(text), state, name);
  return cardUnread(state, name);
}
