import { predictResponse } from '@inkqueue/shared/contracts/api';
import { type Prediction, prediction } from '@inkqueue/shared/contracts/prediction';
import { type Problem, problem } from '@inkqueue/shared/contracts/problems';

/** A form with the picture where the API looks for it. */
export function form(picture: Uint8Array, options: { field?: string; name?: string } = {}): FormData {
  const { field = 'file', name = 'digit.png' } = options;
  const body = new FormData();
  body.append(field, new Blob([new Uint8Array(picture)]), name);
  return body;
}

/** POST /predict, whatever the answer. */
export function postPredict(
  api: { url: string },
  body: BodyInit,
  headers: HeadersInit = {},
): Promise<Response> {
  return fetch(`${api.url}/predict`, { method: 'POST', body, headers });
}

/** POST /predict with an answer of 200. */
export async function predict(api: { url: string }, picture: Uint8Array) {
  const response = await postPredict(api, form(picture));
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
  return predictResponse.parse(await response.json());
}

/** POST /predictions with an answer of 202: the prediction as accepted. */
export async function submit(api: { url: string }, picture: Uint8Array): Promise<Prediction> {
  const response = await fetch(`${api.url}/predictions`, { method: 'POST', body: form(picture) });
  if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`);
  return prediction.parse(await response.json());
}

/** GET /predictions/{id} with an answer of 200. `waitS` asks for a long poll. */
export async function find(api: { url: string }, id: string, waitS?: number): Promise<Prediction> {
  const query = waitS === undefined ? '' : `?wait=${waitS}`;
  const response = await fetch(`${api.url}/predictions/${id}${query}`);
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
  return prediction.parse(await response.json());
}

/** The problem document of an answer. @throws Error when it is none, or its status is not the answer's */
export async function problemOf(response: Response): Promise<Problem> {
  const type = response.headers.get('content-type');
  const text = await response.text();
  if (type !== 'application/problem+json') throw new Error(`${response.status} ${type}: ${text}`);
  const parsed = problem.parse(JSON.parse(text));
  if (parsed.status !== response.status) throw new Error(`${response.status} says ${parsed.status}`);
  return parsed;
}
