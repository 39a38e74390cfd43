import type { activity as english } from '../en/activity.ts';
import { formatDuration, formatNumber, formatRate } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const activity: Translation<typeof english> = {
  heading: 'परदे के पीछे',
  hint: 'कतार, उसके वर्कर, और वे कितनी तेज़ी से पढ़ते हैं',
  loading: 'लोड हो रहा है…',
  retrying: 'फिर कोशिश हो रही है…',
  stale: 'यह आख़िरी जानी हुई स्थिति है।',
  queueAway: 'अभी कतार तक पहुँच नहीं हो पा रही। कुछ नहीं खोता; उसके लौटने पर पढ़ना जारी रहेगा।',
  noWorkers: 'कोई वर्कर नहीं चल रहा। किसी के शुरू होने तक तस्वीरें कतार में रहेंगी।',
  waiting: 'इंतज़ार में काम',
  running: 'चल रहे काम',
  pictures: 'कतार में तस्वीरें',
  workers: 'वर्कर',
  columns: { worker: 'वर्कर', model: 'मॉडल', running: 'चल रहे' },
  moreWorkers: (count) => `और ${formatNumber(count)} अन्य`,
  finished: 'पढ़ी गई तस्वीरें',
  latency: 'जवाब मिलने का समय',
  minutesAgo: (minutes) => `${minutes} मिनट पहले`,
  now: 'अभी',
  perSecond: (rate) => `${formatNumber(rate)} प्रति सेकंड`,
  rate: (rate) => `अभी ${formatRate(rate)} प्रति सेकंड।`,
  readInAll: (succeeded, failed, minutes) =>
    succeeded + failed === 0
      ? `पिछले ${minutes} मिनट में कोई नहीं।`
      : `पिछले ${minutes} मिनट में ${formatNumber(succeeded)}${failed > 0 ? `, ${formatNumber(failed)} नहीं पढ़ी जा सकीं` : ''}।`,
  half: (ms) => `आधी ${formatDuration(ms)} में`,
  most: (ms) => `95 % ${formatDuration(ms)} में`,
  noTimes: 'इस अवधि में कुछ पूरा नहीं हुआ।',
};
