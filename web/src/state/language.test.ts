import { expect, it } from 'vitest';
import { languageFor } from './language.ts';

it('takes the first of the wanted languages that the page has', () => {
  expect(languageFor(['de-CH', 'fr'])).toBe('de');
  expect(languageFor(['nl', 'zh-Hans-CN', 'en'])).toBe('zh');
  expect(languageFor(['FR'])).toBe('fr');
});

it('takes English where the page has none of them', () => {
  expect(languageFor(['nl', 'toString'])).toBe('en');
  expect(languageFor([])).toBe('en');
});
