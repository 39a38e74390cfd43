import type { Language } from '../state/language.ts';

let locale: string = 'en-GB';

/** Formats for readers of `language` from now on. */
export function setLocale(language: Language): void {
  // Days before months, as everywhere but in the United States.
  locale = language === 'en' ? 'en-GB' : language;
}

/** Makes a formatter on first use in each locale: the browser's first ones take 60 ms, on a phone a quarter of a second. */
function onUse<Formatter>(make: (locale: string) => Formatter): () => Formatter {
  const made = new Map<string, Formatter>();
  return () => {
    const formatter = made.get(locale) ?? make(locale);
    made.set(locale, formatter);
    return formatter;
  };
}

const numbers = onUse((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }));
const plurals = onUse((locale) => new Intl.PluralRules(locale));
const dates = onUse((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }));
const shortDates = onUse(
  (locale) =>
    new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }),
);

/** A number with one decimal at most. */
export function formatNumber(value: number): string {
  return numbers().format(value);
}

/** The form that the language takes after `count`: many have one for what counts as one, some take it for zero too. */
export function formFor<Form>(count: number, forms: { one: Form; other: Form }): Form {
  return plurals().select(count) === 'one' ? forms.one : forms.other;
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
  return `${formatNumber(ms < 10 ? ms : Math.round(ms))} ms`;
}

export function formatRate(rate: number): string {
  return formatNumber(rate < 10 ? rate : Math.round(rate));
}

/** How long the service took: in seconds from one second on. */
export function formatDuration(ms: number): string {
  return ms < 1000 ? formatMilliseconds(ms) : `${formatNumber(ms / 1000)} s`;
}

/** How long people wait, or something runs: in whole seconds, in minutes, or in hours and days with the next smaller unit. */
export function formatLongTime(ms: number): string {
  const seconds = Math.max(0, ms / 1000);
  if (seconds < 10) return formatDuration(seconds * 1000);
  const minutes = Math.floor(Math.round(seconds) / 60);
  if (minutes < 1) return `${Math.round(seconds)} s`;
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48
    ? `${hours} h ${minutes % 60} min`
    : `${formatNumber(Math.floor(hours / 24))} d ${hours % 24} h`;
}

/** A probability in percent, never rounded up to certainty or down to zero. */
export function formatPercent(probability: number): string {
  if (probability > 0.999) return `> ${formatNumber(99.9)} %`;
  if (probability < 0.001) return `< ${formatNumber(0.1)} %`;
  return `${formatNumber(probability * 100)} %`;
}
