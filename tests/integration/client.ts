import { predictResponse } from '@inkqueue/shared/contracts/api';
import { isFinal, type Prediction, prediction } from '@inkqueue/shared/contracts/prediction';
import { type Problem, problem } from '@inkqueue/shared/contracts/problems';

/** A form with the image in the field that the API expects. */
export function form(image: Uint8Array, options: { field?: string; name?: string } = {}): FormData {
  const { field = 'file', name = 'digit.png' } = options;
  const body = new FormData();
  body.append(field, new Blob([new Uint8Array(image)]), name);
  return body;
}

/** POST /predict, whatever the response. */
export function postPredict(
  api: { url: string },
  body: BodyInit,
  headers: HeadersInit = {},
): Promise<Response> {
  return fetch(`${api.url}/predict`, { method: 'POST', body, headers });
}

/** POST /predict. @throws Error unless the response is 200 */
export async function predict(api: { url: string }, image: Uint8Array) {
  const response = await postPredict(api, form(image));
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
  return predictResponse.parse(await response.json());
}

/** POST /predictions. @returns the prediction as accepted @throws Error unless the response is 202 */
export async function submit(api: { url: string }, image: Uint8Array): Promise<Prediction> {
  const response = await fetch(`${api.url}/predictions`, { method: 'POST', body: form(image) });
  if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`);
  return prediction.parse(await response.json());
}

/** GET /predictions/{id}, with `waitS` as a long poll. @throws Error unless the response is 200 */
export async function find(api: { url: string }, id: string, waitS?: number): Promise<Prediction> {
  const query = waitS === undefined ? '' : `?wait=${waitS}`;
  const response = await fetch(`${api.url}/predictions/${id}${query}`);
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
  return prediction.parse(await response.json());
}

/** The prediction once it has ended, however many long polls that takes: decoding a heavy image lasts on a busy machine. */
export async function findEnded(api: { url: string }, id: string): Promise<Prediction> {
  for (;;) {
    const found = await find(api, id, 30);
    if (isFinal(found.status)) return found;
  }
}

/** The problem document in a response. @throws Error when there is none, or its status differs from the response's */
export async function problemOf(response: Response): Promise<Problem> {
  const type = response.headers.get('content-type');
  const text = await response.text();
  if (type !== 'application/problem+json') throw new Error(`${response.status} ${type}: ${text}`);
  const parsed = problem.parse(JSON.parse(text));
  if (parsed.status !== response.status)
    throw new Error(`the response is ${response.status}, its problem ${parsed.status}`);
  return parsed;
}
