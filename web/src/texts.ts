import type { FailureCode } from './state/failure.ts';

interface FailureText {
  what: string;
  next: string;
}

/** A number as people read it here. */
const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** Every word that the page says. */
export const texts = {
  name: 'Inkqueue',
  tagline: 'reads handwritten digits',
  apiDocs: 'API',

  sheetLabel: 'Sheet to draw a digit on',
  sheetHint:
    'Draw a digit here. With the keyboard: arrow keys move the pen, Space puts it down and lifts it.',
  penDown: 'Pen down',
  penUp: 'Pen lifted',
  tools: 'Drawing tools',
  undo: 'Undo',
  clear: 'Clear',
  penWidth: 'Pen width',
  pens: { fine: 'Fine', medium: 'Medium', broad: 'Broad' },
  sample: 'Show me',
  sampleHint: 'Draws a sample digit',

  picturesHeading: 'Or show it a picture',
  choose: 'Choose pictures',
  camera: 'Take a photo',
  dropOrPaste: 'drop them anywhere, or paste',
  dropHere: 'Drop to have it read',
  pictures: 'Pictures',
  picturesDone: (done: number, all: number) => `${done} of ${all} done`,
  removeAll: 'Remove all',
  remove: (name: string) => `Remove ${name}`,
  showPicture: (name: string, state: string) => `${name}: ${state}`,
  cardAnswer: (percent: string, uncertain: boolean) => (uncertain ? `Check · ${percent}` : percent),
  pastedName: 'Pasted picture',

  backToDrawing: 'Back to drawing',
  noPreview: 'This browser cannot show this picture. It can be read all the same.',

  answer: 'Answer',
  yourDrawing: 'Your drawing',
  inviteTitle: 'Draw a digit.',
  invite: 'The network reads along while you write.',
  reading: 'Reading…',
  stillReading: 'Still reading. Your place in the queue is kept.',
  ahead: (count: number) =>
    count === 1 ? '1 picture is ahead of it.' : `${count} pictures are ahead of it.`,
  sure: {
    certain: 'Almost certain',
    very: 'Very sure',
    fairly: 'Fairly sure',
    unsure: 'Not sure',
    guess: 'Only a guess',
  },
  uncertain: 'Better check: this may be no digit, or not a clear one.',
  nextBest: (digit: number, percent: string) => `It could also be a ${digit} (${percent}).`,
  probabilities: 'Probability of each digit',
  percent: formatPercent,
  spoken: (digit: number, sure: string, percent: string) => `Read as ${digit}. ${sure}, ${percent}.`,
  spokenUncertain: (digit: number, percent: string) => `Perhaps ${digit}, ${percent}. Better check.`,

  journey: 'Journey of this prediction',
  steps: { sent: 'Sent', queued: 'Queued', running: 'Running', done: 'Done' },
  milliseconds: formatMilliseconds,
  stages: (decodeMs: number, normalizeMs: number, inferenceMs: number) => [
    `decode ${formatMilliseconds(decodeMs)}`,
    `normalise ${formatMilliseconds(normalizeMs)}`,
    `network ${formatMilliseconds(inferenceMs)}`,
  ],
  json: 'JSON',
  batch: (size: number) => `batch of ${size}`,

  states: {
    waiting: 'Waiting',
    sending: 'Sending',
    queued: 'In the queue',
    running: 'Being read',
    failed: 'Not read',
  },

  offline: 'You are offline. Drawing works; reading goes on when the network is back.',
  polling: 'No live connection: answers are fetched instead, a little later.',
  retryIn: (seconds: number) => (seconds > 0 ? `Trying again in ${seconds} s.` : 'Trying again…'),
  retryNow: 'Try now',
  failures: {
    'no-ink': { what: 'No digit found.', next: 'Draw or photograph one digit, larger or darker.' },
    'too-large': { what: 'This file is too large.', next: 'Send a smaller picture, of 10 MB at most.' },
    'too-many-pixels': {
      what: 'This picture has too many pixels.',
      next: 'Scale it down, or crop it to the digit.',
    },
    'too-small': { what: 'This picture is too small to read.', next: 'Send one with more pixels.' },
    'unsupported-format': {
      what: 'This is not a picture we can read.',
      next: 'Choose a PNG, JPEG, WebP, GIF, TIFF or AVIF file.',
    },
    'unreadable-image': { what: 'This picture is damaged.', next: 'Save it again, or choose another one.' },
    'empty-file': { what: 'This file is empty.', next: 'Choose another one.' },
    'queue-full': { what: 'The queue is full just now.', next: 'Your picture is kept here.' },
    busy: { what: 'The service is busy just now.', next: 'Your picture is kept here.' },
    'redis-unavailable': { what: 'The queue is out of reach just now.', next: 'Your picture is kept here.' },
    'upload-expired': { what: 'The picture waited too long in the queue.', next: 'Send it once more.' },
    'upload-timeout': { what: 'Sending took too long.', next: 'Try again, or choose a smaller picture.' },
    'worker-lost': { what: 'The workers reading it were lost.', next: 'Send it once more.' },
    'prediction-expired': { what: 'This result is no longer kept.', next: 'Send the picture once more.' },
    'prediction-not-found': {
      what: 'The service does not know this prediction.',
      next: 'Send the picture once more.',
    },
    internal: { what: 'Something went wrong inside the service.', next: 'Try again in a moment.' },
    offline: { what: 'You are offline.', next: 'Reading goes on when the network is back.' },
    unreachable: { what: 'The service cannot be reached.', next: 'Your picture is kept here.' },
    'unexpected-answer': {
      what: 'The service gave an answer we do not understand.',
      next: 'Reload the page.',
    },
  } satisfies Partial<Record<FailureCode, FailureText>>,
  otherFailure: {
    what: 'The service refused this picture.',
    next: 'Reload the page, or try another picture.',
  },
} as const;

/** What went wrong and what to do next, for a failure's stable code. */
export function failureText(code: FailureCode): FailureText {
  const known: Partial<Record<FailureCode, FailureText>> = texts.failures;
  return known[code] ?? texts.otherFailure;
}

function formatMilliseconds(ms: number): string {
  return `${ms < 10 ? number.format(ms) : Math.round(ms)} ms`;
}

/** A probability in percent, never rounded up to a certainty nor down to nothing. */
function formatPercent(probability: number): string {
  if (probability > 0.999) return '> 99.9 %';
  if (probability < 0.001) return '< 0.1 %';
  return `${number.format(probability * 100)} %`;
}
