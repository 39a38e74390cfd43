import type { Context } from 'koa';

/** Whether a person's browser asks, which wants a page, and not a program, which wants JSON or takes anything. */
export function asksForPage(ctx: Context): boolean {
  if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return false;
  ctx.vary('Accept');
  return ctx.accepts('json', 'html') === 'html';
}
