const CHART_TEXT = /(<img src="bench\/results\.svg"[^>]* alt=")[^"]*/;

/** README with these words for the chart, which say the same figures. */
export function withChartText(readme: string, words: string): string {
  const text = words.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return readme.replace(CHART_TEXT, (_, before: string) => before + text);
}
