import type { FailureCode } from '../state/failure.ts';
import {
  formatDate,
  formatDuration,
  formatMilliseconds,
  formatNumber,
  formatPercent,
  formatRate,
  formatShortDate,
} from './formats.ts';

interface FailureText {
  what: string;
  next: string;
}

/** Every word that the page says. */
export const texts = {
  name: 'Inkqueue',
  tagline: 'reads handwritten digits',
  apiDocs: 'API',
  historyLink: 'History',
  navigation: 'Pages',
  titles: {
    desk: 'Inkqueue reads handwritten digits',
    history: 'History · Inkqueue',
    result: 'Result · Inkqueue',
  },

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
  samples: 'or try one of ours',
  samplePictures: {
    pen: 'Blue pen, photographed',
    pencil: 'Pencil on squared paper',
    chalk: 'Chalk on a board',
    star: 'Not a digit',
  },
  dropHere: 'Drop to have it read',
  pictures: 'Pictures',
  picturesDone: (done: number, all: number) => `${formatNumber(done)} of ${formatNumber(all)} done`,
  picturesSending: (share: number) => `sending ${Math.floor(share * 100)} %`,
  picturesEnded: (count: number) => `All ${formatNumber(count)} pictures have ended.`,
  picturesProgress: 'Upload and reading of all pictures',
  leftOut: (count: number, max: number) =>
    `${count === 1 ? '1 picture was' : `${formatNumber(count)} pictures were`} left out: ${formatNumber(max)} fit here at a time. Remove those that are done, then send the rest.`,
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

  seen: 'What the network saw',
  notSeen: 'not kept',
  seenInWords: (width: number, height: number, ink: number) =>
    `${width} × ${height} pixels in white on black, ${Math.round(ink * 100)} % of full ink`,

  feedback: {
    ask: (digit: number) => `Not a ${digit}? Tell what it is`,
    question: 'What is it really?',
    noDigit: 'No digit',
    thanks: (digit: number | null) =>
      digit === null ? 'Thanks. Kept as no digit.' : `Thanks. Kept as ${digit}.`,
    change: 'Change',
    notKept: 'That was not kept.',
  },

  activity: {
    heading: 'Behind the scenes',
    hint: 'the queue, its workers, and how fast they read',
    loading: 'Looking…',
    missing: 'This part of the page could not be fetched. Close it and open it again to try once more.',
    retrying: 'Asking again…',
    stale: 'Below stands what was last known.',
    queueAway: 'The queue is out of reach just now. Nothing is lost; reading goes on when it is back.',
    noWorkers: 'Nothing reads right now. Pictures wait in the queue until a worker starts.',
    unknown: '–',
    waiting: 'Jobs waiting',
    running: 'Jobs being read',
    pictures: 'Pictures in the queue',
    workers: 'Workers',
    columns: { worker: 'Worker', model: 'Model', inHand: 'In hand', read: 'Pictures read' },
    moreWorkers: (count: number) => (count === 1 ? 'and 1 more' : `and ${formatNumber(count)} more`),
    throughput: 'Pictures read',
    latency: 'Time to an answer',
    minutesAgo: (minutes: number) => `${minutes} min ago`,
    now: 'now',
    perSecond: (rate: number) => `${formatNumber(rate)} a second`,
    rate: (rate: number) => `${formatRate(rate)} a second just now.`,
    readInAll: (succeeded: number, failed: number, minutes: number) =>
      succeeded + failed === 0
        ? `None in the last ${minutes} minutes.`
        : `${formatNumber(succeeded)} in the last ${minutes} minutes${failed > 0 ? `, ${formatNumber(failed)} could not be read` : ''}.`,
    half: (ms: number) => `half within ${formatDuration(ms)}`,
    most: (ms: number) => `95 % within ${formatDuration(ms)}`,
    noTimes: 'Nothing was answered in the last minutes.',
  },

  count: formatNumber,
  duration: formatDuration,

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

  link: 'Link',
  copyLink: 'Copy link',
  copied: 'Copied',
  copyByHand: 'Copy this by hand',

  result: {
    title: (when: Date) => `Result of ${formatDate(when)}`,
    loading: 'Fetching the result…',
    seen: 'What the network saw',
    unseen: 'The picture itself is not kept.',
    drawNew: 'Draw a new one',
    actions: 'Take it along',
    copyCurl: 'Copy as curl',
    copyJson: 'Copy JSON',
    docs: 'API documentation',
    gone: 'The service no longer has this result.',
    ownCopy: 'This is the copy that this browser kept. Others who open the link do not see it.',
    failures: {
      'prediction-expired': {
        what: 'This result has expired.',
        next: 'Results are kept for a while only. Draw or send the digit once more.',
      },
      'prediction-not-found': {
        what: 'There is no result under this link.',
        next: 'Check that the whole link was copied, or draw a new one.',
      },
      'invalid-request': {
        what: 'There is no result under this link.',
        next: 'Check that the whole link was copied, or draw a new one.',
      },
      offline: { what: 'You are offline.', next: 'The result comes when the network is back.' },
      unreachable: { what: 'The service cannot be reached.', next: 'The result may still be there.' },
      'redis-unavailable': {
        what: 'The queue is out of reach just now.',
        next: 'The result may still be there.',
      },
    } satisfies Partial<Record<FailureCode, FailureText>>,
    otherFailure: { what: 'The result cannot be shown.', next: 'Try again in a moment.' },
  },

  history: {
    heading: 'History',
    where: 'What this browser has had read. It stays on this device.',
    drawing: 'Drawing',
    search: 'Digit or file name',
    count: (count: number, searched: boolean) =>
      searched ? (count === 0 ? 'Nothing found' : `${count} found`) : `${count} kept`,
    when: formatShortDate,
    whenExactly: formatDate,
    read: (digit: number) => `${digit}, `,
    remove: (digit: number, name: string) => `Delete ${digit}, ${name}`,
    removeAll: 'Delete all',
    removed: (count: number) => (count === 1 ? 'Deleted.' : `${count} deleted.`),
    empty: 'Nothing here yet.',
    emptyNext: 'What you draw and send is listed here once it has been read.',
    draw: 'Draw a digit',
  },

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
    'batch-expired': { what: 'These results are no longer kept.', next: 'Send the pictures once more.' },
    'batch-not-found': {
      what: 'The service does not know these pictures.',
      next: 'Send the pictures once more.',
    },
    'prediction-not-found': {
      what: 'The service does not know this prediction.',
      next: 'Send the picture once more.',
    },
    'feedback-full': { what: 'There is no room for more feedback.', next: 'Try again another day.' },
    'feedback-off': { what: 'The service no longer asks what it is.', next: 'Reload the page.' },
    internal: { what: 'Something went wrong inside the service.', next: 'Try again in a moment.' },
    'unreadable-file': {
      what: 'This file cannot be opened.',
      next: 'A folder cannot be read; choose the pictures in it. A file that was moved must be chosen again.',
    },
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

/** Why a prediction's own link shows none, and what to do next. */
export function resultFailureText(code: FailureCode): FailureText {
  const known: Partial<Record<FailureCode, FailureText>> = texts.result.failures;
  return known[code] ?? texts.result.otherFailure;
}
