/** The page's languages, each by its own name. */
export const LANGUAGES = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  hi: 'हिन्दी',
  zh: '简体中文',
} as const;

export type Language = keyof typeof LANGUAGES;

export interface LanguageState {
  current: Language;
  /** The language that was chosen last and could not be fetched; else null. */
  missing: Language | null;
}

/** The first of `wanted` (BCP 47 tags, best first) that the page has; English where it has none. */
export function languageFor(wanted: readonly string[]): Language {
  const known = wanted.map((tag) => tag.toLowerCase().split('-')[0]!).find(isLanguage);
  return known ?? 'en';
}

export function isLanguage(tag: string): tag is Language {
  return Object.hasOwn(LANGUAGES, tag);
}
