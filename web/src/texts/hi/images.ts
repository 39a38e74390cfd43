import type { images as english } from '../en/images.ts';
import { formatBytes, formatNumber, formFor } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const images: Translation<typeof english> = {
  ways: {
    label: 'अंक दिखाने के तरीके',
    draw: 'लिखें',
    photo: 'फ़ोटो',
    photoHint: 'फ़ोटो लें, या कोई चुनें',
    files: 'फ़ाइलें',
    filesHint: 'तस्वीरें चुनें, एक हो या हज़ार',
    another: 'एक और लें',
  },
  examples: {
    heading: 'देखें यह क्या पढ़ता है',
    reads: 'हाथ से लिखे अंक और संख्याएँ: कलम, पेंसिल या चॉक से, हल्के पर गहरा या गहरे पर हल्का। अक्षर नहीं।',
    drop: 'तस्वीरें या फ़ोल्डर इस पेज पर कहीं भी छोड़ें, या कोई तस्वीर पेस्ट करें।',
  },
  samples: 'आज़माने के लिए तस्वीरें',
  sampleImages: {
    pen: 'नीली कलम, फ़ोटो',
    pencil: 'चौखाने वाले काग़ज़ पर पेंसिल',
    chalk: 'बोर्ड पर चॉक',
    star: 'अंक नहीं',
  },
  sampleOutcomes: { pen: '7 पढ़ता है', pencil: '2 पढ़ता है', chalk: '5 पढ़ता है', star: 'पक्का नहीं' },
  dropHere: 'पढ़वाने के लिए यहाँ छोड़ें',
  notices: {
    text: 'टेक्स्ट नहीं पढ़ा जा सकता। कोई तस्वीर या उसका पता पेस्ट करें।',
    'http-address': 'तस्वीर का पता https:// से शुरू होना चाहिए। तस्वीर सहेजें, फिर यहाँ चुनें।',
    'closed-address': 'यह तस्वीर सिर्फ़ इसका अपना पेज खोल सकता है। तस्वीर ही कॉपी करके पेस्ट करें, या सहेजकर यहाँ चुनें।',
    'no-pictures': 'उस फ़ोल्डर में कोई तस्वीर नहीं है।',
    'others-left-out': 'उस फ़ोल्डर की तस्वीरें ले ली गईं। उसमें दूसरी फ़ाइलें भी हैं, जो छोड़ दी गईं।',
  },
  closeNotice: 'यह संदेश बंद करें',
  images: 'तस्वीरें',
  imagesDone: (done, all, failed) =>
    `${formatNumber(all)} में से ${formatNumber(done)} पूरी${failed > 0 ? `, ${formatNumber(failed)} नहीं पढ़ी गईं` : ''}`,
  imagesSending: ({ sent, total }) => `${formatBytes(total)} में से ${formatBytes(sent)} भेजा गया`,
  imagesEnded: (count, failed) =>
    `सभी ${formatNumber(count)} तस्वीरें पूरी हुईं। ${failed > 0 ? formFor(failed, { one: `${formatNumber(failed)} नहीं पढ़ी जा सकी।`, other: `${formatNumber(failed)} नहीं पढ़ी जा सकीं।` }) : ''}`,
  imagesProgress: 'सभी तस्वीरें भेजना और पढ़ना',
  leftOut: (count, max) =>
    `${formFor(count, { one: `${formatNumber(count)} तस्वीर छूट गई`, other: `${formatNumber(count)} तस्वीरें छूट गईं` })}: यहाँ एक बार में ${formatNumber(max)} आती हैं। जो पूरी हो चुकीं उन्हें हटाएँ, फिर बाकी भेजें।`,
  removeAll: 'सब हटाएँ',
  remove: (name) => `${name} हटाएँ`,
  showImage: (name, state, read) => (read === null ? `${name}: ${state}` : `${read}, ${state}, ${name}`),
  cardResult: (percent, uncertain) => (uncertain ? 'जाँचें' : percent),
  pastedName: 'पेस्ट की गई तस्वीर',
  backToDrawing: 'लिखने पर लौटें',
  notShown: {
    pending: 'यह ब्राउज़र तस्वीर नहीं दिखा सकता। हो सकता है सेवा इसे पढ़ ले।',
    done: 'यह ब्राउज़र तस्वीर नहीं दिखा सकता।',
    address: 'यह तस्वीर एक वर्कर लाया; वह इस पेज के पास नहीं है।',
    gone: 'पेज दोबारा लोड होने पर तस्वीर नहीं बची।',
  },
  states: {
    waiting: 'इंतज़ार में',
    sending: 'भेजी जा रही है',
    queued: 'कतार में',
    running: 'पढ़ी जा रही है',
  },
};
