import type { model as english } from '../en/model.ts';
import { formatNumber, formFor } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const model: Translation<typeof english> = {
  title: (name, version) => `${name}, संस्करण ${version}`,
  loading: 'मॉडल के बारे में सेवा की जानकारी लाई जा रही है…',
  notFound: (name) => ({
    what: `अभी कोई वर्कर ${name} नहीं चला रहा।`,
    next: 'तैयार वर्करों के मॉडलों के अपने पेज हैं।',
  }),
  howWell: 'कितना अच्छा पढ़ता है',
  setOf: (set, n) =>
    formFor(n, {
      one: `${set}: एक-एक अंक की ${formatNumber(n)} तस्वीर`,
      other: `${set}: एक-एक अंक की ${formatNumber(n)} तस्वीरें`,
    }),
  readRight: (share) => `${share} सही पढ़ी गईं`,
  byKind: 'प्रकार के अनुसार, सबसे कठिन पहले',
  share: (share) => `${formatNumber(share * 100)} %`,
  shareOf: (share, n) => `${formatNumber(n)} में से ${share}`,
  misreads: 'यह क्या ग़लत पढ़ता है',
  misreadsNone: 'किसी अंक को दूसरा अंक नहीं पढ़ा।',
  misread: (digit, read, count) => `${digit} को ${read} पढ़ा, ${formatNumber(count)} बार`,
  reliability: 'कितना पक्का और कितना सही',
  reliabilityInWords: 'विश्वसनीयता का चित्र; उसके बाद की तालिका में यही आँकड़े हैं।',
  reliabilityCaption:
    'हर बिंदु लगभग एक जैसे पक्के नतीजों का है; जितने ज़्यादा नतीजे, उतना बड़ा बिंदु। रेखा से ऊपर मॉडल जितना बताता है उससे ज़्यादा बार सही होता है, नीचे उससे कम।',
  asTable: 'यही तालिका में',
  sure: 'कितना पक्का',
  right: 'सही',
  pictures: 'तस्वीरें',
  tick: (share) => `${Math.round(share * 100)}`,
  card: 'मॉडल कार्ड',
};
