/** One server-sent event, as a client parses it. */
export interface SentEvent {
  id: string;
  name: string;
  data: unknown;
}

/** The fields of one message of a stream. */
export function fieldsOf(message: string): Record<string, string | undefined> {
  const lines = message.split('\n');
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
}

/** Follows server-sent events with nothing but fetch. */
export async function followEvents(url: string, init: RequestInit = {}) {
  const controller = new AbortController();
  const response = await fetch(url, { ...init, signal: controller.signal });
  const events: SentEvent[] = [];
  let retry: number | null = null;

  function take(message: string): void {
    const { retry: pause, id = '', event: name = '', data } = fieldsOf(message);
    if (pause !== undefined) retry = Number(pause);
    if (data !== undefined) events.push({ id, name, data: JSON.parse(data) });
  }

  async function read(): Promise<void> {
    let text = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      const messages = text.split('\n\n');
      text = messages.pop() ?? '';
      for (const message of messages) take(message);
    }
  }

  return {
    response,
    events,
    retry: () => retry,
    /** Resolves at the stream's end. */
    ended: response.ok ? read() : Promise.resolve(),
    leave: () => controller.abort(),
  };
}
