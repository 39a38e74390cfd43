import type { Counts } from '@inkqueue/shared/node/counts';
import type { Route } from '../route.ts';
import type { EndedRequest } from './requests.ts';

/** Counts why images are refused, for the activity. */
export function countRefusals(options: {
  routes: readonly Pick<Route, 'method' | 'path' | 'body'>[];
  counts: Pick<Counts, 'add'>;
}) {
  const { routes, counts } = options;
  const intake = new Set(
    routes.filter(({ method, body }) => method === 'post' && body).map(({ path }) => path),
  );
  return ({ method, path, problem, subject }: EndedRequest): void => {
    // A prediction that failed is no refusal.
    if (problem && subject === null && method === 'POST' && intake.has(path))
      counts.add(`refused:${problem}`);
  };
}
