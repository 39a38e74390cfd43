import { useId } from 'react';
import { KeyboardHelp } from './help/keyboard-help.tsx';
import { isLanguage, LANGUAGES, type Language, type LanguageState } from './state/language.ts';
import { texts } from './texts/texts.ts';

/** At the end of every place: the page's language and its keys. */
export function Footer({
  language,
  onLanguage,
}: {
  language: LanguageState;
  onLanguage: (language: Language) => void;
}) {
  const field = useId();
  const { current, missing } = language;
  return (
    <footer className="footer">
      <label htmlFor={field} className="visually-hidden">
        {texts.language}
      </label>
      <select
        id={field}
        className="footer-language"
        value={current}
        onChange={({ target }) => isLanguage(target.value) && onLanguage(target.value)}
      >
        {Object.entries(LANGUAGES).map(([tag, name]) => (
          <option key={tag} value={tag} lang={tag}>
            {name}
          </option>
        ))}
      </select>
      <KeyboardHelp />
      <p role="status">{missing && texts.languageMissing(LANGUAGES[missing])}</p>
    </footer>
  );
}
