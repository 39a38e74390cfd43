import { createContext } from 'react';
import type { Language } from '../state/language.ts';

/** What a memoised component that shows texts reads, so that it is drawn again in another language. */
export const LanguageContext = createContext<Language>('en');
