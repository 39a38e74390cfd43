import { expect, test } from 'vitest';
import { withChartText } from './readme.ts';

test('the words for the chart replace the former ones and nothing else', () => {
  const readme = (words: string) =>
    `<img src="page.png" alt="The page">\n<img src="bench/results.svg" width="100%" alt="${words}">\nMore.`;
  expect(withChartText(readme('28×28 PNG: 1.'), '"A" & B: $1,000.')).toBe(
    readme('&quot;A&quot; &amp; B: $1,000.'),
  );
});
