/** How programs use the service. */
export const program = {
  heading: 'Use it from a program',
  loading: 'Loading…',
  request: 'Request',
  response: 'Response, live',
  none: 'Comes with the answer.',
  language: 'Language',
  languages: { curl: 'curl', javascript: 'JavaScript', python: 'Python' },
  save: (name: string) => `Save ${name}`,
  needs: {
    curl: (_file: string, name: string) => `Run it where ${name} lies.`,
    javascript: (file: string, name: string) =>
      `Save it as ${file} beside ${name}, then run “node ${file}”. Node.js 20 or later is all it needs.`,
    python: (file: string, name: string) =>
      `Save it as ${file} beside ${name}, then run “python3 ${file}”. Python 3 is all it needs.`,
  },
  /** Of a picture whose name the page does not know. */
  someName: 'digit.png',
  drawingName: 'drawing.png',
};
