import type { Upload } from '../../state/prediction/tracked-prediction.ts';
import { formatBytes, formatLongTime, formatNumber } from '../formats.ts';

/** The answer: what was read, how sure it is, and how it came about. */
export const answer = {
  answer: 'Answer',
  yourDrawing: 'Your drawing',
  /** Before the name of what was read, to be heard. */
  readFirst: (read: string) => `${read}, `,
  reading: 'Reading…',
  sending: 'Sending…',
  stillSending: 'Still on its way to the service.',
  uploading: ({ sent, total }: Upload) => `${formatBytes(sent)} of ${formatBytes(total)} sent.`,
  stillWaiting: 'It is sent when its turn comes.',
  stillReading: 'Still reading.',
  stillQueued: 'Still reading. Your place in the queue is kept.',
  ahead: (count: number) =>
    count === 0
      ? 'It is next.'
      : count === 1
        ? '1 is ahead of it.'
        : `${formatNumber(count)} are ahead of it.`,
  aheadFor: (count: number, ms: number) =>
    count === 0
      ? `It is next, in about ${formatLongTime(ms)}.`
      : count === 1
        ? `1 is ahead of it, about ${formatLongTime(ms)}.`
        : `${formatNumber(count)} are ahead of it, about ${formatLongTime(ms)}.`,
  sure: {
    certain: 'Almost certain',
    very: 'Very sure',
    fairly: 'Fairly sure',
    unsure: 'Not sure',
    guess: 'Only a guess',
    'perhaps-none': 'Perhaps no digit',
    'perhaps-not-all': 'Perhaps not all digits',
  },
  ifDigit: (percent: string) => `If it is one: ${percent}`,
  ifAllDigits: (percent: string) => `If all of them are: ${percent}`,
  uncertain: 'Better check: this may not be a digit, or not a clear one.',
  nextBest: (digit: number, percent: string) => `It could also be a ${digit} (${percent}).`,
  probabilities: 'Probability of each digit',
  // The digit first: that is what people listen for.
  spoken: (read: string, sure: string, percent: string) => `${read}. ${sure}, ${percent}.`,
  spokenPerhapsNone: (read: string, percent: string) =>
    `${read}, if it is a digit at all: then ${percent}. Better check.`,
  spokenPerhapsNotAll: (read: string, percent: string) =>
    `${read}, if all of it is digits: then ${percent}. Better check.`,
  uncertainNumber: 'Better check this number: not all of it is clear.',
  doubts: (count: number) => `Better check the underlined ${count === 1 ? 'digit' : 'digits'}.`,
  copyNumber: 'Copy number',
  digits: 'Digits in the picture',
  networkInput: {
    caption: 'What the network saw',
    captionOf: (place: number, count: number) =>
      `Digit ${place}\u00a0of\u00a0${count}, as the network saw it`,
    missing: 'not available',
    inWords: (width: number, height: number, ink: number) =>
      `${width} × ${height} pixels in white on black, ${Math.round(ink * 100)} % of full ink`,
  },
  feedback: {
    open: (digit: number) => `Not a ${digit}? Tell us what it is`,
    question: 'What is it really?',
    noDigit: 'No digit',
    thanks: (digit: number | null) =>
      digit === null ? 'Thanks. Saved as no digit.' : `Thanks. Saved as ${digit}.`,
    change: 'Change',
    notSaved: 'That was not saved.',
  },
  journey: {
    heading: 'Journey of this prediction',
    steps: { sent: 'Sent', queued: 'Queued', running: 'Running', back: 'Back', done: 'Done' },
    stagesOf: 'What the worker did',
    stages: {
      decode: 'decode',
      normalize: 'normalise',
      network: 'network',
      explain: 'explain',
      rest: 'other',
    },
    stage: (name: string, time: string) => `${name} ${time}`,
    model: (name: string, version: string) => `${name} ${version}`,
    worker: (id: string) => `worker ${id}`,
    together: (others: number, inputs: number) =>
      others > 0
        ? `read together with ${formatNumber(others)} other ${others === 1 ? 'picture' : 'pictures'}`
        : inputs > 1
          ? `read alone, ${formatNumber(inputs)} candidates at once`
          : 'read alone',
  },
};
