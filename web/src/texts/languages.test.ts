import { actionName } from '@inkqueue/shared/contracts/console';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../state/language.ts';
import { en } from './en/index.ts';
import { formatDate, formatShortDate } from './formats.ts';
import { setLanguage, texts } from './texts.ts';

type Text = string | boolean | ((...parameters: never[]) => unknown);

const OTHERS = (Object.keys(LANGUAGES) as Language[]).filter((language) => language !== 'en');

/**
 * English words that stand in other languages too: names, what is typed to a computer, and what a language has taken in or has had
 * all along.
 */
const SHARED: Record<Language, string[]> = {
  en: ['Inkqueue', 'API', 'JSON', 'curl', 'JavaScript', 'Python', 'digit.png', 'drawing.png', 'min'],
  de: ['Link', 'Worker'],
  es: ['Worker', 'Workers'],
  fr: ['Images', 'Worker', 'Workers'],
  hi: [],
  zh: [],
};

/** Numbers that no text has by itself, beyond one so that each language takes its plural. */
const PARAMETERS = [241, 353, 467];

const [FIRST] = PARAMETERS as [number];
const UPLOAD = { sent: 241_000, total: 353_000 };
const DATE = new Date(2031, 10, 24, 13, 57);

/** With what the texts are called that take other than numbers and strings, once for each kind of what they say. */
const CALLS = new Map<Text, readonly unknown[][]>([
  calls(en.linkWorksUntil, [DATE]),
  calls(en.result.title, [DATE]),
  calls(en.queue.operate.entry, ['241', DATE]),
  calls(en.uploading, [UPLOAD]),
  calls(en.imagesSending, [UPLOAD]),
  calls(en.batchPlace.sending, [UPLOAD]),
  calls(en.feedback.thanks, [FIRST], [null]),
  calls(en.showImage, ['241', '353', '467'], ['241', '353', null]),
  calls(
    en.queue.operate.done,
    ...actionName.options.map((action): [{ action: typeof action; count: number }] => [
      { action, count: FIRST },
    ]),
    [{ action: 'purge', count: null }],
  ),
  calls(
    en.why.words,
    [FIRST, { for: 'top-left', against: 'bottom-right' }],
    [FIRST, { for: 'middle-centre', against: null }],
    [FIRST, { for: null, against: 'top-right' }],
    [FIRST, { for: null, against: null }],
  ),
]);

/** The calls of an English text, which the compiler checks; each language's own text is called the same. */
function calls<Parameters extends unknown[]>(
  text: (...parameters: Parameters) => unknown,
  ...each: Parameters[]
): [Text, Parameters[]] {
  return [text, each];
}

function callsOf(english: Text): readonly unknown[][] {
  const numbers = typeof english === 'function' ? PARAMETERS.slice(0, english.length) : [];
  return CALLS.get(english) ?? [numbers];
}

/** Every text of a language by its path. */
function flatten(all: object, path = ''): Map<string, Text> {
  const found = new Map<string, Text>();
  for (const [key, value] of Object.entries(all)) {
    const at = path === '' ? key : `${path}.${key}`;
    if (typeof value !== 'object') found.set(at, value);
    else for (const [below, text] of flatten(value, at)) found.set(below, text);
  }
  return found;
}

/** What stands for a date, which each language writes in its own way. */
const DATE_SIGN = '‹›';

/** What a text, which is the English `english` or its translation, says in each of its calls, in the language that is set. */
function wordsOf(text: Text, english: Text): string[] {
  if (typeof text !== 'function') return [String(text)];
  return callsOf(english).map((parameters) => {
    const said = text(...(parameters as never[]));
    const parts = typeof said === 'object' && said !== null ? Object.values(said) : [said];
    // The longer form first: the other one may be a part of it.
    return parts
      .join(' ')
      .replaceAll(formatDate(DATE), DATE_SIGN)
      .replaceAll(formatShortDate(DATE), DATE_SIGN);
  });
}

/** The parameters that a text shows in each of its calls. */
function shownOf(text: Text, english: Text): string[][] {
  if (typeof text !== 'function') return [];
  return wordsOf(text, english).map((words) => (words.match(/\d+|‹›/g) ?? []).sort());
}

/** What stands where a parameter was none that the text can take: then `CALLS` lacks the text. */
const MISTAKEN = /^\s*$|\b(undefined|null|NaN|Invalid Date)\b|\[object/;

it('calls each English text with what it takes', async () => {
  await setLanguage('en');
  for (const [path, text] of flatten(en))
    for (const words of wordsOf(text, text)) expect(words, path).not.toMatch(MISTAKEN);
  // A text that was taken away leaves nothing here.
  const all = new Set(flatten(en).values());
  expect([...CALLS.keys()].filter((text) => !all.has(text))).toEqual([]);
});

describe.each(OTHERS)('%s', (language) => {
  it('has each text, with all that English shows in it', async () => {
    await setLanguage('en');
    const english = flatten(en);
    const shown = new Map([...english].map(([path, text]) => [path, shownOf(text, text)]));
    await setLanguage(language);
    const translated = flatten(texts);
    for (const [path, text] of english) {
      const own = translated.get(path)!;
      expect(typeof own, path).toBe(typeof text);
      for (const words of wordsOf(own, text)) expect(words, path).not.toMatch(MISTAKEN);
      expect(shownOf(own, text), path).toEqual(shown.get(path));
    }
  });

  it('has no English left over', async () => {
    await setLanguage('en');
    const english = flatten(en);
    const said = new Map([...english].map(([path, text]) => [path, wordsOf(text, text)]));
    await setLanguage(language);
    const translated = flatten(texts);
    const shared = [...SHARED.en, ...SHARED[language]];
    const left = [...english].flatMap(([path, text]) => {
      const own = wordsOf(translated.get(path)!, text);
      return said
        .get(path)!
        .filter(
          (words, call) =>
            /[a-z]{3}/i.test(words) &&
            !shared.includes(words.replace(/\d+/g, '').trim()) &&
            own[call] === words,
        )
        .map((words) => [path, words]);
    });
    expect(left).toEqual([]);
  });
});

it('writes numbers, percents and plurals as the language does', async () => {
  await setLanguage('de');
  expect(texts.percent(0.9996)).toBe('> 99,9 %');
  expect(texts.ahead(1)).toBe('1 Bild ist noch davor.');
  expect(texts.ahead(1200)).toBe('1.200 Bilder sind noch davor.');
  await setLanguage('fr');
  expect(texts.ahead(0)).toBe('0 image passe avant.');
  await setLanguage('en');
  expect(texts.percent(0.9996)).toBe('> 99.9 %');
});

it('takes the language that was chosen last, whichever comes first', async () => {
  const [german, english] = await Promise.all([setLanguage('de'), setLanguage('en')]);
  expect([german, english]).toEqual([false, true]);
  expect(texts.language).toBe('Language');
});
