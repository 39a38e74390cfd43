import type { program as english } from '../en/program.ts';
import type { Translation } from '../translation.ts';

export const program: Translation<typeof english> = {
  heading: 'Aus einem Programm nutzen',
  loading: 'Lädt …',
  request: 'Anfrage',
  response: 'Antwort, live',
  none: 'Kommt mit dem Ergebnis.',
  language: 'Sprache',
  languages: { curl: 'curl', javascript: 'JavaScript', python: 'Python' },
  save: (name) => `${name} speichern`,
  needs: {
    curl: (_file, name) => `Führe es dort aus, wo ${name} liegt.`,
    javascript: (file, name) =>
      `Speichere es als ${file} neben ${name} und führe dann „node ${file}“ aus. Node.js ab Version 20 genügt.`,
    python: (file, name) =>
      `Speichere es als ${file} neben ${name} und führe dann „python3 ${file}“ aus. Python 3 genügt.`,
  },
  someName: 'ziffer.png',
  drawingName: 'zeichnung.png',
};
