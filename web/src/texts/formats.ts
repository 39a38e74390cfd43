/** Makes a formatter on first use: the browser's first ones take 60 ms, on a phone a quarter of a second. */
function onUse<Formatter>(make: () => Formatter): () => Formatter {
  let made: Formatter | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

const numbers = onUse(() => new Intl.NumberFormat('en', { maximumFractionDigits: 1 }));
const dates = onUse(() => new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }));
const shortDates = onUse(
  () =>
    new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }),
);

/** A number with one decimal at most. */
export function formatNumber(value: number): string {
  return numbers().format(value);
}

/** A size as file managers show it. */
export function formatBytes(bytes: number): string {
  return bytes < 1e6 ? `${formatNumber(bytes / 1e3)} kB` : `${formatNumber(bytes / 1e6)} MB`;
}

export function formatDate(at: Date): string {
  return dates().format(at);
}

/** Without the year. */
export function formatShortDate(at: Date): string {
  return shortDates().format(at);
}

export function formatMilliseconds(ms: number): string {
  return `${ms < 10 ? formatNumber(ms) : Math.round(ms)} ms`;
}

export function formatRate(rate: number): string {
  return formatNumber(rate < 10 ? rate : Math.round(rate));
}

/** A time that may be long: in seconds from one second on. */
export function formatDuration(ms: number): string {
  return ms < 1000 ? formatMilliseconds(ms) : `${formatNumber(ms / 1000)} s`;
}

/** A probability in percent, never rounded up to certainty or down to zero. */
export function formatPercent(probability: number): string {
  if (probability > 0.999) return '> 99.9 %';
  if (probability < 0.001) return '< 0.1 %';
  return `${formatNumber(probability * 100)} %`;
}
