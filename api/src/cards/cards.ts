import { createHash } from 'node:crypto';
import type { Prediction } from '@inkqueue/shared/contracts/prediction';
import type { Context } from 'koa';
import pLimit from 'p-limit';
import { toProblemError } from '../errors.ts';
import { type CardResult, drawCard } from './card.ts';

/** A result does not change, but may be deleted. */
const RESULT_MAX_AGE_S = 3_600;
/** Of the general card: its result may still come. */
const GENERAL_MAX_AGE_S = 60;
/** Cards kept in memory, of up to 80 kB: a link that is shared is fetched by many crawlers at once. */
const KEPT_MAX = 64;

/**
 * Responds with the card of a prediction: the picture that other networks show beside its link. The service's general card
 * where the prediction is unknown, has expired, has failed or has no result yet, and where Redis does not reply. The api draws one card after
 * the other, so that other requests come between, and tells a crawler that has a card that the card is still the same, without drawing it.
 */
export function createCards(options: {
  find: (id: string) => Promise<Pick<Prediction, 'result'>>;
  draw?: (result: CardResult | null) => Promise<Buffer>;
}) {
  const { find, draw = drawCard } = options;
  const limit = pLimit(1);
  /** By what they show, those wanted last at the end. */
  const kept = new Map<string, Promise<Buffer>>();

  async function resultOf(id: string): Promise<CardResult | null> {
    try {
      return (await find(id)).result;
    } catch (error) {
      if (toProblemError(error).code === 'internal') throw error;
      return null;
    }
  }

  function cardOf(result: CardResult | null, tag: string): Promise<Buffer> {
    const card = kept.get(tag) ?? limit(() => draw(result));
    kept.delete(tag);
    kept.set(tag, card);
    card.catch(() => kept.delete(tag));
    const [oldest] = kept.keys();
    if (kept.size > KEPT_MAX) kept.delete(oldest!);
    return card;
  }

  return async (ctx: Context, id: string): Promise<void> => {
    const result = await resultOf(id);
    const tag = tagOf(result);
    ctx.set('Cache-Control', `public, max-age=${result ? RESULT_MAX_AGE_S : GENERAL_MAX_AGE_S}`);
    ctx.status = 200;
    ctx.etag = tag;
    if (ctx.fresh) {
      ctx.status = 304;
      return;
    }
    ctx.type = 'png';
    ctx.body = await cardOf(result, tag);
  };
}

/** A weak ETag, which says what the card shows: a later version of the service may draw the same in other pixels. */
function tagOf(result: CardResult | null): string {
  const shown = result && [result.text, result.confidence, result.uncertain];
  const hash = createHash('sha256').update(JSON.stringify(shown)).digest('base64url');
  return `W/"${hash.slice(0, 22)}"`;
}
