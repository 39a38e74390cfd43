import { problem, problemCode } from '@inkqueue/shared/contracts/problems';
import { expect, test } from 'vitest';
import { ProblemError, problemHeaders, toProblem, toProblemError } from './errors.ts';

test.each(problemCode.options)('%s makes a problem document', (code) => {
  const error = new ProblemError(code, 'What was wrong.');
  expect(problem.parse(toProblem(error))).toMatchObject({ code, detail: 'What was wrong.' });
  expect('Retry-After' in problemHeaders(error)).toBe(toProblem(error).status === 503);
});

test('a problem names its prediction, where there is one', () => {
  const predictionId = '0193a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5b';
  expect(toProblem(new ProblemError('no-ink', '', { predictionId })).prediction_id).toBe(predictionId);
  expect(toProblem(new ProblemError('no-ink', ''))).not.toHaveProperty('prediction_id');
});

test.each([
  [new Error('Connection is closed.'), 'redis-unavailable'],
  [Object.assign(new Error('read'), { code: 'ECONNRESET' }), 'redis-unavailable'],
  [new Error("OOM command not allowed when used memory > 'maxmemory'."), 'queue-full'],
  [Object.assign(new Error('no file'), { status: 404 }), 'not-found'],
  [Object.assign(new Error('failed to decode'), { status: 400 }), 'invalid-request'],
  [Object.assign(new Error('disk'), { status: 500 }), 'internal'],
  [new TypeError('secret is not a function'), 'internal'],
  ['thrown text', 'internal'],
  [undefined, 'internal'],
] as const)('%s becomes %s, without its text', (thrown, code) => {
  const error = toProblemError(thrown);
  expect(error.code).toBe(code);
  expect(error.message).not.toMatch(/secret|thrown text|disk/);
});

test('a named problem stays as it is', () => {
  const error = new ProblemError('busy', 'Wait.');
  expect(toProblemError(error)).toBe(error);
  expect(problemHeaders(error)).toEqual({ 'Retry-After': '2' });
});
