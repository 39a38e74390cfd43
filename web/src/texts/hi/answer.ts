import type { answer as english } from '../en/answer.ts';
import { formatBytes, formatLongTime, formatNumber, formFor } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const answer: Translation<typeof english> = {
  answer: 'जवाब',
  yourDrawing: 'आपका लिखा हुआ',
  readFirst: (read) => `${read}, `,
  reading: 'पढ़ रहा है…',
  sending: 'भेज रहा है…',
  stillSending: 'अभी सेवा तक पहुँच रही है।',
  uploading: ({ sent, total }) => `${formatBytes(total)} में से ${formatBytes(sent)} भेजा गया।`,
  stillWaiting: 'बारी आने पर भेजी जाएगी।',
  stillReading: 'अभी पढ़ा जा रहा है।',
  stillQueued: 'अभी पढ़ा जा रहा है। कतार में आपकी जगह बनी है।',
  ahead: (count) =>
    count === 0
      ? 'अब इसी की बारी है।'
      : formFor(count, {
          one: `इससे आगे ${formatNumber(count)} तस्वीर है।`,
          other: `इससे आगे ${formatNumber(count)} तस्वीरें हैं।`,
        }),
  aheadFor: (count, ms) =>
    count === 0
      ? `अब इसी की बारी है, करीब ${formatLongTime(ms)} में।`
      : formFor(count, {
          one: `इससे आगे ${formatNumber(count)} तस्वीर है, करीब ${formatLongTime(ms)}।`,
          other: `इससे आगे ${formatNumber(count)} तस्वीरें हैं, करीब ${formatLongTime(ms)}।`,
        }),
  sure: {
    certain: 'लगभग पक्का',
    very: 'काफ़ी पक्का',
    fairly: 'कुछ हद तक पक्का',
    unsure: 'पक्का नहीं',
    guess: 'सिर्फ़ अंदाज़ा',
    'perhaps-none': 'शायद अंक नहीं',
    'perhaps-not-all': 'शायद सब अंक नहीं',
  },
  ifDigit: (percent) => `अगर यह अंक है: ${percent}`,
  ifAllDigits: (percent) => `अगर सब अंक हैं: ${percent}`,
  uncertain: 'जाँच लें: हो सकता है यह अंक न हो, या साफ़ न हो।',
  nextBest: (digit, percent) => `यह ${digit} भी हो सकता है (${percent})।`,
  probabilities: 'हर अंक की संभावना',
  spoken: (read, sure, percent) => `${read}। ${sure}, ${percent}।`,
  spokenPerhapsNone: (read, percent) => `${read}, अगर यह अंक है: तो ${percent}। जाँच लें।`,
  spokenPerhapsNotAll: (read, percent) => `${read}, अगर सब अंक हैं: तो ${percent}। जाँच लें।`,
  uncertainNumber: 'यह संख्या जाँच लें: सब कुछ साफ़ नहीं है।',
  doubts: (count) => formFor(count, { one: 'रेखांकित अंक जाँच लें।', other: 'रेखांकित अंकों को जाँच लें।' }),
  copyNumber: 'संख्या कॉपी करें',
  digits: 'तस्वीर के अंक',
  networkInput: {
    caption: 'नेटवर्क ने यह देखा',
    captionOf: (place, count) => `${count}\u00a0में\u00a0से अंक ${place}, जैसा नेटवर्क ने देखा`,
    missing: 'उपलब्ध नहीं',
    inWords: (width, height, ink) =>
      `काले पर सफ़ेद में ${width} × ${height} पिक्सेल, पूरी स्याही का ${Math.round(ink * 100)} %`,
  },
  feedback: {
    open: (digit) => `${digit} नहीं है? बताइए क्या है`,
    question: 'असल में यह क्या है?',
    noDigit: 'अंक नहीं',
    thanks: (digit) =>
      digit === null ? 'धन्यवाद। “अंक नहीं” के रूप में सहेजा गया।' : `धन्यवाद। ${digit} के रूप में सहेजा गया।`,
    change: 'बदलें',
    notSaved: 'यह सहेजा नहीं गया।',
  },
  journey: {
    heading: 'इस अनुमान का सफ़र',
    steps: { sent: 'भेजा', queued: 'कतार', running: 'पढ़ना', back: 'वापसी', done: 'पूरा' },
    stagesOf: 'वर्कर ने क्या किया',
    stages: {
      decode: 'डिकोड',
      normalize: 'सामान्यीकरण',
      network: 'नेटवर्क',
      explain: 'व्याख्या',
      rest: 'अन्य',
    },
    stage: (name, time) => `${name} ${time}`,
    model: (name, version) => `${name} ${version}`,
    worker: (id) => `वर्कर ${id}`,
    together: (others, inputs) =>
      others > 0
        ? formFor(others, {
            one: `${formatNumber(others)} और तस्वीर के साथ पढ़ी गई`,
            other: `${formatNumber(others)} और तस्वीरों के साथ पढ़ी गई`,
          })
        : inputs > 1
          ? `अकेली पढ़ी गई, एक साथ ${formatNumber(inputs)} संभावित अंक`
          : 'अकेली पढ़ी गई',
  },
};
