import { formatNumber } from '../formats.ts';

/** The history. */
export const history = {
  heading: 'History',
  where: 'The results of this browser. They stay on this device.',
  drawing: 'Drawing',
  count: (count: number, searched: boolean) =>
    searched
      ? count === 0
        ? 'Nothing found'
        : `${formatNumber(count)} found`
      : `${formatNumber(count)} saved`,
  remove: (read: string, name: string) => `Delete ${read}, ${name}`,
  removeAll: 'Delete all',
  removed: (count: number) => (count === 1 ? 'Deleted.' : `${formatNumber(count)} deleted.`),
  empty: 'Nothing here yet.',
  emptyNext: 'What you draw and send is listed here once it has been read.',
};
