import { formatDate } from '../formats.ts';

/** A result's own place. */
export const result = {
  title: (when: Date) => `Result of ${formatDate(when)}`,
  loading: 'Fetching the result…',
  noNetworkInput: 'The picture itself is not kept.',
  drawNew: 'Draw a new one',
  actions: 'Copy and share',
  copyCurl: 'Copy as curl',
  copyJson: 'Copy JSON',
  gone: 'The service no longer has this result.',
  ownCopy: 'This is the copy that this browser kept. Other people who open the link do not see it.',
};
