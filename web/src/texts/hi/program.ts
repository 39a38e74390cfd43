import type { program as english } from '../en/program.ts';
import type { Translation } from '../translation.ts';

export const program: Translation<typeof english> = {
  heading: 'प्रोग्राम से इस्तेमाल करें',
  loading: 'लोड हो रहा है…',
  request: 'अनुरोध',
  response: 'सेवा का जवाब, लाइव',
  none: 'तस्वीर पढ़े जाने पर यहाँ दिखेगा।',
  language: 'प्रोग्रामिंग भाषा',
  languages: { curl: 'curl', javascript: 'JavaScript', python: 'Python' },
  save: (name) => `${name} सहेजें`,
  needs: {
    curl: (_file, name) => `इसे वहीं चलाएँ जहाँ ${name} है।`,
    javascript: (file, name) =>
      `इसे ${name} के साथ ${file} नाम से सहेजें, फिर “node ${file}” चलाएँ। बस Node.js 20 या उससे नया चाहिए।`,
    python: (file, name) =>
      `इसे ${name} के साथ ${file} नाम से सहेजें, फिर “python3 ${file}” चलाएँ। बस Python 3 चाहिए।`,
  },
  // In Latin letters: they are typed in a terminal.
  someName: 'ank.png',
  drawingName: 'likhavat.png',
};
