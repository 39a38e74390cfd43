import type { FailureCode } from '../state/failure.ts';
import { IMAGE_MAX_BYTES } from '../state/image-limit.ts';
import { formatBytes } from './formats.ts';

interface FailureText {
  what: string;
  next: string;
}

/** Next step where the page sends the image again by itself. */
const KEPT_HERE = 'Your picture is kept here.';

const failures = {
  'no-ink': { what: 'No digit found.', next: 'Draw or photograph it larger or darker.' },
  'too-large': {
    what: 'This file is too large.',
    next: `Send a smaller picture${IMAGE_MAX_BYTES === null ? '' : `, at most ${formatBytes(IMAGE_MAX_BYTES)}`}.`,
  },
  'too-large-for-proxy': {
    what: 'This file is too large.',
    next: 'A server in front of the service does not let it through. Send a smaller picture.',
  },
  'too-many-pixels': {
    what: 'This picture has too many pixels.',
    next: 'Scale it down, or crop it to the digit.',
  },
  'too-small': { what: 'This picture is too small to read.', next: 'Send one with more pixels.' },
  'unsupported-format': {
    what: 'This is not a picture we can read.',
    next: 'Choose a PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP file.',
  },
  'unreadable-image': { what: 'This picture is damaged.', next: 'Save it again, or choose another one.' },
  'empty-file': { what: 'This file is empty.', next: 'Choose another one.' },
  'headers-too-large': {
    what: 'This browser sends too much with its requests.',
    next: 'Delete the cookies of this site, then try again.',
  },
  'queue-full': { what: 'The queue is full right now.', next: KEPT_HERE },
  busy: { what: 'The service is busy right now.', next: KEPT_HERE },
  'redis-unavailable': {
    what: 'The queue cannot be reached right now.',
    next: KEPT_HERE,
  },
  canceled: { what: 'This picture was canceled.', next: 'Send it again.' },
  'deadline-passed': { what: 'The picture waited too long in the queue.', next: 'Send it again.' },
  'upload-expired': { what: 'The picture waited too long in the queue.', next: 'Send it again.' },
  'upload-timeout': { what: 'Sending took too long.', next: 'Try again, or choose a smaller picture.' },
  'worker-lost': { what: 'The workers stopped while they read the picture.', next: 'Send it again.' },
  'prediction-expired': { what: 'This result is no longer kept.', next: 'Send the picture again.' },
  'batch-expired': { what: 'These results are no longer kept.', next: 'Send the pictures again.' },
  'batch-not-found': {
    what: 'The service does not know these pictures.',
    next: 'Send the pictures again.',
  },
  'prediction-not-found': {
    what: 'The service does not know this prediction.',
    next: 'Send the picture again.',
  },
  'feedback-full': { what: 'There is no room for more feedback.', next: 'Try again another day.' },
  'feedback-off': { what: 'The service no longer collects feedback.', next: 'Reload the page.' },
  internal: { what: 'Something went wrong inside the service.', next: 'Try again in a moment.' },
  'unreadable-file': {
    what: 'This file cannot be opened.',
    next: 'A folder cannot be read; choose the pictures in it. A file that was moved must be chosen again.',
  },
  'not-sent': {
    what: 'This picture was not sent.',
    next: 'The page was loaded again before its turn came. Choose it again.',
  },
  'changed-file': {
    what: 'This file can no longer be read.',
    next: 'It has changed since it was chosen, or this browser may not open it. Choose it again.',
  },
  'altered-drawing': {
    what: 'This browser altered the drawing.',
    next: 'Its protection against fingerprinting changes what a page draws, so nothing was sent. Allow this page to use canvas data, or send a photo.',
  },
  'page-error': {
    what: 'Something went wrong on this page.',
    next: 'Reload it. If that does not help, this browser may be too old: update it.',
  },
  offline: { what: 'You are offline.', next: 'Reading goes on when the network is back.' },
  unreachable: { what: 'The service cannot be reached.', next: KEPT_HERE },
  'unexpected-response': {
    what: 'The service sent a response that this page does not understand.',
    next: 'Reload the page.',
  },
} satisfies Partial<Record<FailureCode, FailureText>>;

const otherFailure: FailureText = {
  what: 'The service refused this picture.',
  next: 'Reload the page, or try another picture.',
};

/** Of a prediction that has only its link here. */
const resultFailures = {
  'prediction-expired': {
    what: 'This result has expired.',
    next: 'Results are kept only for a while. Draw or send the digit again.',
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
    what: 'The queue cannot be reached right now.',
    next: 'The result may still be there.',
  },
} satisfies Partial<Record<FailureCode, FailureText>>;

const otherResultFailure: FailureText = {
  what: 'The result cannot be shown.',
  next: 'Try again in a moment.',
};

/** What went wrong and what to do next, for a failure's stable code. */
export function failureText(code: FailureCode): FailureText {
  const all: Partial<Record<FailureCode, FailureText>> = failures;
  return all[code] ?? otherFailure;
}

/** The same where the page does not have the image: only its result can come. */
export function goneImageText(code: FailureCode): FailureText {
  const { what, next } = failureText(code);
  return { what, next: next === KEPT_HERE ? 'The result may still be there.' : next };
}

/** Why a prediction's own link shows no result, and what to do next. */
export function resultFailureText(code: FailureCode): FailureText {
  const all: Partial<Record<FailureCode, FailureText>> = resultFailures;
  return all[code] ?? otherResultFailure;
}
