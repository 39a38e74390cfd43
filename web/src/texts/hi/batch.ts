import type { batch as english } from '../en/batch.ts';
import { formatBytes, formatLongTime, formatNumber, formFor } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const batch: Translation<typeof english> = {
  heading: (count) =>
    formFor(count, { one: `${formatNumber(count)} तस्वीर`, other: `${formatNumber(count)} तस्वीरें` }),
  loading: 'तस्वीरें लाई जा रही हैं…',
  standings: {
    check: (count) => `${formatNumber(count)} जाँचने के लिए`,
    'no-digit': (count) => `${formatNumber(count)} बिना अंक की`,
    'no-picture': (count) => `${formatNumber(count)} तस्वीर नहीं`,
    failed: (count) => `${formatNumber(count)} विफल`,
    unsent: (count) =>
      formFor(count, {
        one: `${formatNumber(count)} नहीं भेजी गई`,
        other: `${formatNumber(count)} नहीं भेजी गईं`,
      }),
    canceled: (count) => `${formatNumber(count)} रद्द`,
    read: (count) =>
      formFor(count, { one: `${formatNumber(count)} पढ़ी गई`, other: `${formatNumber(count)} पढ़ी गईं` }),
    open: (count) => `${formatNumber(count)} बाकी`,
  },
  all: (count) => `सभी ${formatNumber(count)}`,
  filters: 'कौन-सी तस्वीरें दिखाएँ',
  queued: 'कतार में है। आपकी जगह बनी है।',
  sending: ({ sent, total }) => `${formatBytes(total)} में से ${formatBytes(sent)} भेजा गया।`,
  timeLeft: (ms) => `करीब ${formatLongTime(ms)} बाकी।`,
  ended: (count, failed, doubtful) =>
    [
      formFor(count, {
        one: `${formatNumber(count)} तस्वीर पूरी हुई।`,
        other: `सभी ${formatNumber(count)} तस्वीरें पूरी हुईं।`,
      }),
      failed > 0
        ? formFor(failed, {
            one: `${formatNumber(failed)} नहीं पढ़ी जा सकी।`,
            other: `${formatNumber(failed)} नहीं पढ़ी जा सकीं।`,
          })
        : '',
      doubtful > 0 ? `${formatNumber(doubtful)} को जाँच लें।` : '',
    ]
      .filter(Boolean)
      .join(' '),
  unsentNote: 'जो नहीं भेजी गईं, वे अब इस पेज पर नहीं हैं: जिस टैब में तस्वीरें चुनी गईं, वही उन्हें भेज सकता है। उन्हें फिर चुनें।',
  leftOut: (count, max) =>
    `${formFor(count, { one: `${formatNumber(count)} तस्वीर छूट गई`, other: `${formatNumber(count)} तस्वीरें छूट गईं` })}: एक साथ ज़्यादा से ज़्यादा ${formatNumber(max)} जाती हैं। बाकी उसके बाद भेजें।`,
  actions: 'सभी तस्वीरों के साथ क्या करें',
  download: 'CSV डाउनलोड करें',
  print: 'प्रिंट करें',
  retry: (count) => `${formatNumber(count)} फिर आज़माएँ`,
  cancel: 'बाकी रद्द करें',
  view: { label: 'दृश्य', cards: 'कार्ड', table: 'तालिका' },
  order: { label: 'क्रम', doubtful: 'संदिग्ध पहले', sent: 'भेजने के क्रम में' },
  nothing: 'कोई तस्वीर मेल नहीं खाती।',
  pictures: 'तस्वीरें',
  unnamed: (place) => `तस्वीर ${formatNumber(place)}`,
  noDigit: 'अंक नहीं',
  byHand: 'आपने भरा',
  card: (read, state, name) => `${read}, ${state}, ${name}`,
  cardUnread: (state, name) => `${state} ${name}`,
  columns: { name: 'फ़ाइल', read: 'पढ़ा गया', sure: 'कितना पक्का', place: 'क्रम', picture: 'तस्वीर' },
  viewer: {
    of: (place, count) => `${formatNumber(count)} में से ${formatNumber(place)}`,
    previous: 'पिछली तस्वीर',
    next: 'अगली तस्वीर',
    question: 'इसमें क्या है?',
    keys: (digit) => `इसमें ${digit} है`,
    number: 'संख्या',
    undo: 'जैसा पढ़ा गया था',
    undoNone: 'इसे वापस लें',
    open: 'इसका अपना पेज',
    hint: 'कुंजियाँ: ← → से दूसरी तस्वीर, 0 से 9 से अंक भरें।',
    feedback: 'राय के रूप में सेवा को भी भेजा गया।',
    spoken: (label, place, count) => `${label}। ${formatNumber(count)} में से ${formatNumber(place)}।`,
  },
  report: { title: 'हाथ से लिखे अंक, जैसे Inkqueue ने पढ़े' },
  history: {
    heading: 'एक साथ आई तस्वीरें',
    remove: (count, when) =>
      formFor(count, {
        one: `${formatNumber(count)} तस्वीर मिटाएँ, ${when}`,
        other: `${formatNumber(count)} तस्वीरें मिटाएँ, ${when}`,
      }),
  },
};
