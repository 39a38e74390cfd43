import { formatNumber } from '../formats.ts';

/** A model's own place. */
export const model = {
  title: (name: string, version: string) => `${name}, version ${version}`,
  loading: 'Fetching what the service says of the model…',
  notFound: (name: string) => ({
    what: `No worker runs ${name} right now.`,
    next: 'The models of the workers that are ready have pages.',
  }),
  howWell: 'How well it reads',
  setOf: (set: string, n: number) => `${set}: ${formatNumber(n)} pictures of one digit`,
  readRight: (share: string) => `${share} read right`,
  byKind: 'By kind, the hardest first',
  share: (share: number) => `${formatNumber(share * 100)} %`,
  shareOf: (share: string, n: number) => `${share} of ${formatNumber(n)}`,
  misreads: 'What it misreads',
  misreadsNone: 'No digit as another one.',
  misread: (digit: number, read: number, count: number) =>
    count === 1 ? `${digit} read as ${read}, once` : `${digit} read as ${read}, ${formatNumber(count)} times`,
  reliability: 'How sure it is against how right',
  reliabilityInWords: 'Reliability diagram; the table after it has the same numbers.',
  reliabilityCaption:
    'Each dot stands for results of similar confidence, larger for more of them. Above the line it is right more often than it says, below less often.',
  asTable: 'The same as a table',
  sure: 'How sure',
  right: 'Right',
  pictures: 'Pictures',
  tick: (share: number) => `${Math.round(share * 100)}`,
  card: 'Model card',
};
