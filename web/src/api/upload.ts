/** Called while an upload is under way, with its bytes. */
export type OnProgress = (upload: { sent: number; total: number }) => void;

/**
 * Sends a form and reports how much of it is sent, which `fetch` cannot do. Rejects as `fetch` does: with a TypeError when
 * no response came, with the signal's reason when aborted.
 *
 * @param onProgress called with the bytes that are sent, of all
 */
export function sendForm(
  path: string,
  body: FormData,
  options: { signal: AbortSignal; headers: HeadersInit | undefined; onProgress: OnProgress },
): Promise<Response> {
  const { signal, onProgress } = options;
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const request = new XMLHttpRequest();
    request.open('POST', path);
    for (const [name, value] of new Headers(options.headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress({ sent: loaded, total }));
    request.addEventListener('load', () => {
      const retryAfter = request.getResponseHeader('retry-after');
      const headers: HeadersInit = retryAfter === null ? {} : { 'retry-after': retryAfter };
      resolve(new Response(request.responseText, { status: request.status, headers }));
    });
    request.addEventListener('error', () => reject(new TypeError('No response')));
    request.addEventListener('abort', () => reject(signal.reason));
    signal.addEventListener('abort', () => request.abort());
    request.send(body);
  });
}
export type SendForm = typeof sendForm;
