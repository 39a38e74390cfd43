import type { program as english } from '../en/program.ts';
import type { Translation } from '../translation.ts';

export const program: Translation<typeof english> = {
  heading: 'Úsalo desde un programa',
  loading: 'Cargando…',
  request: 'Petición',
  response: 'Respuesta, en directo',
  none: 'Llega con el resultado.',
  language: 'Lenguaje',
  languages: { curl: 'curl', javascript: 'JavaScript', python: 'Python' },
  save: (name) => `Guardar ${name}`,
  needs: {
    curl: (_file, name) => `Ejecútalo donde esté ${name}.`,
    javascript: (file, name) =>
      `Guárdalo como ${file} junto a ${name} y ejecuta «node ${file}». Basta con Node.js 20 o posterior.`,
    python: (file, name) =>
      `Guárdalo como ${file} junto a ${name} y ejecuta «python3 ${file}». Basta con Python 3.`,
  },
  someName: 'digito.png',
  drawingName: 'dibujo.png',
};
