import type { Language } from '../state/language.ts';
import { en } from './en/index.ts';
import {
  formatBytes,
  formatDate,
  formatDuration,
  formatLongTime,
  formatMilliseconds,
  formatNumber,
  formatPercent,
  formatRate,
  formatShortDate,
  setLocale,
} from './formats.ts';
import type { Translation } from './translation.ts';

/** The texts of one language. */
export type LanguageTexts = Translation<typeof en>;

/** A card has no room for more of a number. */
const SHORT_CHARS = 12;

/** What is the same in every language. */
const common = {
  newTabSign: '↗',
  /** In place of a number that is not known. */
  unknown: '–',
  percent: formatPercent,
  count: formatNumber,
  bytes: formatBytes,
  date: formatDate,
  shortDate: formatShortDate,
  duration: formatDuration,
  longTime: formatLongTime,
  rate: formatRate,
  milliseconds: formatMilliseconds,
  inOneLine,
  /** Several lines in one, to be heard and to be seen. */
  aloud: (text: string) => text.replaceAll('\n', ', '),
  short(text: string): string {
    const line = inOneLine(text);
    return line.length > SHORT_CHARS ? `${line.slice(0, SHORT_CHARS - 1)}…` : line;
  },
  /** Never rounded up to certainty. */
  wholePercent: (probability: number) => `${Math.min(99, Math.round(probability * 100))} %`,
};

/** English comes with the page; each other language is a file that the page fetches when it is wanted. */
const load: Record<Language, () => Promise<LanguageTexts>> = {
  en: async () => en,
  de: async () => (await import('./de/index.ts')).de,
  es: async () => (await import('./es/index.ts')).es,
  fr: async () => (await import('./fr/index.ts')).fr,
  hi: async () => (await import('./hi/index.ts')).hi,
  zh: async () => (await import('./zh/index.ts')).zh,
};

/** Every text of the page, in the language that was set last. What failed is worded by failures.ts. */
export let texts: typeof common & LanguageTexts = { ...common, ...en };

let wanted: Language = 'en';

/**
 * Words the page in `language` from now on; what is drawn already stays until it is drawn again. Resolves to false when a
 * later call came in between; rejects when the texts cannot be fetched, and leaves the former language.
 */
export async function setLanguage(language: Language): Promise<boolean> {
  wanted = language;
  const loaded = await load[language]();
  if (wanted !== language) return false;
  setLocale(language);
  texts = { ...common, ...loaded };
  return true;
}

function inOneLine(text: string): string {
  return text.replaceAll('\n', ' / ');
}
