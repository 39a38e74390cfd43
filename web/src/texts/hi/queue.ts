import type { queue as english } from '../en/queue.ts';
import { formatBytes, formatDate, formatLongTime, formatNumber, formatRate, formFor } from '../formats.ts';
import type { Translation } from '../translation.ts';

const picturesOf = (count: number) =>
  formFor(count, { one: `${formatNumber(count)} तस्वीर`, other: `${formatNumber(count)} तस्वीरें` });

const came = (count: number) =>
  formFor(count, { one: `${formatNumber(count)} आई`, other: `${formatNumber(count)} आईं` });

const went = (count: number) =>
  formFor(count, { one: `${formatNumber(count)} पूरी हुई`, other: `${formatNumber(count)} पूरी हुईं` });

export const queue: Translation<typeof english> = {
  heading: 'कतार',
  link: 'पूरी जानकारी: कतार का पेज',
  paused: 'ऑपरेटर ने कतार रोक दी है। तस्वीरें अब भी ली जाती हैं, और इंतज़ार करती हैं।',
  drained: 'ऑपरेटर कतार खाली होने दे रहा है। कोई तस्वीर नहीं ली जाती।',
  pausedAndDrained: 'ऑपरेटर ने कतार बंद कर दी है: न कोई तस्वीर ली जाती है, न पढ़ी जाती है।',
  empty: 'इंतज़ार में कुछ नहीं है।',
  grows: (perSecond) => `जितनी पढ़ी जाती हैं उससे ज़्यादा आ रही हैं: हर सेकंड ${formatRate(perSecond)} ज़्यादा।`,
  stands: 'पिछले आधे मिनट में कुछ नहीं पढ़ा गया।',
  drains: (ms) => `करीब ${formatLongTime(ms)} में खाली, अगर अभी से ज़्यादा न आएँ।`,
  figures: {
    oldest: 'सबसे लंबा इंतज़ार',
    drain: 'खाली होने का समय',
    arrivals: 'आईं, प्रति सेकंड',
    departures: 'पूरी हुईं, प्रति सेकंड',
  },
  growing: 'बढ़ रही है',
  never: 'रुकी हुई है',
  spans: { label: 'कितने समय का', minutes: '5 मिनट', hour: '1 घंटा', day: '24 घंटे' },
  since: { minutes: '5 मिनट पहले', hour: '1 घंटा पहले', day: '24 घंटे पहले' },
  flow: 'आईं और पूरी हुईं',
  came,
  went,
  flowInWords: (arrived, done, canceled) =>
    canceled > 0
      ? `${came(arrived)}, ${went(done)}, उनमें से ${formatNumber(canceled)} रद्द।`
      : `${came(arrived)}, ${went(done)}।`,
  canceled: (count) => `${formatNumber(count)} रद्द`,
  bounds: {
    heading: 'सीमा कितनी पास है',
    hint: 'सीमा पर पहुँचने पर, जगह बनने तक और तस्वीरें नहीं ली जातीं।',
    pictures: 'तस्वीरें',
    bytes: 'तस्वीरों का आकार',
    memory: 'Redis की मेमोरी',
    count: (used, max) => `${formatNumber(max)} में से ${formatNumber(used)}`,
    size: (used, max) => `${formatBytes(max)} में से ${formatBytes(used)}`,
    unbounded: (used) => `${formatBytes(used)}, कोई सीमा नहीं`,
  },
  turns: {
    heading: 'किसकी बारी है',
    hint: 'कतार में 32 से ज़्यादा तस्वीरों वाला अपने जैसे दूसरों के साथ बारी-बारी से चलता है, ताकि एक साथ बहुत-सी तस्वीरें आने पर भी थोड़ी भेजने वालों को न रुकना पड़े।',
    at_once: 'पहले: अकेली तस्वीरें, आने के क्रम में',
    in_turns: 'फिर: एक ही भेजने वाले की बहुत-सी तस्वीरें, बारी-बारी से',
    batches: 'फिर: एक साथ भेजी गई तस्वीरें, बारी-बारी से',
    again: 'थोड़ा रुककर: फिर कोशिश',
    jobs: (count) => `${formatNumber(count)} काम`,
  },
  refused: {
    heading: 'नहीं ली गईं',
    none: 'हर तस्वीर ली गई।',
  },
  failed: {
    heading: 'नहीं पढ़ी जा सकीं',
    none: 'हर तस्वीर पढ़ी गई।',
    last: 'इनमें सबसे हाल की',
    open: 'खोलें',
  },
  workers: {
    name: (id) => `वर्कर ${id}`,
    host: (host, pid) => `${host}, प्रोसेस ${pid}`,
    holds: 'अभी हाथ में',
    nothing: 'कुछ नहीं',
    pictures: picturesOf,
    picturesFor: (count, ms) => `${picturesOf(count)}, ${formatLongTime(ms)} से`,
    rate: 'रफ़्तार',
    perSecond: (rate) => `${formatRate(rate)} प्रति सेकंड`,
    finished: 'पढ़ी गईं',
    memory: 'मेमोरी',
    uptime: 'कब से चालू',
    beat: 'आख़िरी संकेत',
    ago: (ms) => `${formatLongTime(ms)} पहले`,
  },
  operate: {
    heading: 'संचालन',
    enter: 'ऑपरेटर के रूप में साइन इन करें',
    entering: 'पासवर्ड का इंतज़ार…',
    wrongPassword: 'कंसोल ने वह पासवर्ड नहीं माना।',
    console: 'कंसोल',
    actions: {
      pause: 'रोकें',
      drain: 'खाली होने दें',
      resume: 'फिर चालू करें',
      'retry-failed': 'विफल फिर पढ़ें',
      purge: 'सब रद्द करें…',
    },
    about: {
      pause: 'वर्कर और कुछ नहीं लेते। तस्वीरें अब भी ली जाती हैं।',
      drain: 'कोई तस्वीर नहीं ली जाती, और जो इंतज़ार में हैं वे पढ़ी जाती हैं।',
      resume: 'रोक और खाली होने देना, दोनों ख़त्म करता है।',
      'retry-failed': 'जो सेवा की ग़लती से विफल हुईं और रखी हुई हैं, उन्हें फिर पढ़ता है।',
      purge: 'इंतज़ार में जो कुछ है, सब रद्द करता है।',
    },
    sure: (pictures) =>
      formFor(pictures, {
        one: `कतार की ${formatNumber(pictures)} तस्वीर रद्द करें? इसे वापस नहीं लिया जा सकता।`,
        other: `कतार की ${formatNumber(pictures)} तस्वीरों में से जो इंतज़ार में हैं, उन्हें रद्द करें? इसे वापस नहीं लिया जा सकता।`,
      }),
    confirm: 'इंतज़ार वाली सब रद्द करें',
    keep: 'रहने दें',
    done: ({ action, count }) => {
      const n = count ?? 0;
      switch (action) {
        case 'pause':
          return 'रोक दी गई। वर्कर हाथ का काम पूरा करेंगे।';
        case 'drain':
          return 'कतार खाली हो रही है। कोई तस्वीर नहीं ली जाती।';
        case 'resume':
          return 'तस्वीरें ली और पढ़ी जा रही हैं।';
        case 'purge':
          return formFor(n, {
            one: `इंतज़ार वाली ${formatNumber(n)} तस्वीर रद्द हुई।`,
            other: `इंतज़ार वाली ${formatNumber(n)} तस्वीरें रद्द हुईं।`,
          });
        case 'retry-failed':
          return formFor(n, {
            one: `${formatNumber(n)} तस्वीर फिर पढ़ी जा रही है।`,
            other: `${formatNumber(n)} तस्वीरें फिर पढ़ी जा रही हैं।`,
          });
      }
    },
    audit: 'ऑपरेटरों ने क्या किया',
    nobody: 'अभी कुछ नहीं।',
    entry: (by, at) => `${by}, ${formatDate(at)}`,
  },
};
