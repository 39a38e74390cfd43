import type { Region } from '../../state/prediction/why-map.ts';
import type { why as english } from '../en/why.ts';
import type { Translation } from '../translation.ts';

const places: Record<Region, string> = {
  'top-left': 'ऊपर बाईं ओर',
  'top-centre': 'ऊपर',
  'top-right': 'ऊपर दाईं ओर',
  'middle-left': 'बाईं ओर',
  'middle-centre': 'बीच',
  'middle-right': 'दाईं ओर',
  'bottom-left': 'नीचे बाईं ओर',
  'bottom-centre': 'नीचे',
  'bottom-right': 'नीचे दाईं ओर',
};

export const why: Translation<typeof english> = {
  ask: 'यही अंक क्यों?',
  asking: 'स्याही को थोड़ा-थोड़ा ढककर देखा जा रहा है…',
  legend:
    'नारंगी स्याही अंक के पक्ष में है, नीली उसके ख़िलाफ़: उस स्याही को ढकने पर अंक की संभावना घटती है, या बढ़ती है। दूसरे अंक के लिए किसी पट्टी पर जाएँ या उसे चुनें।',
  pick: (digit) => `${digit} के पक्ष में क्या है`,
  words(digit, found) {
    if (found.for && found.against)
      return `${places[found.for]} की स्याही सबसे ज़्यादा ${digit} के पक्ष में है; ${places[found.against]} की स्याही उसके ख़िलाफ़ है।`;
    if (found.for) return `${places[found.for]} की स्याही सबसे ज़्यादा ${digit} के पक्ष में है।`;
    if (found.against) return `${places[found.against]} की स्याही सबसे ज़्यादा ${digit} के ख़िलाफ़ है।`;
    return `कोई स्याही साफ़ तौर पर ${digit} के पक्ष में या ख़िलाफ़ नहीं है।`;
  },
  failed: (what) => `वजह नहीं बताई जा सकी। ${what}`,
  beyond: 'लंबी संख्या के सिर्फ़ पहले अंकों की वजह बताई जाती है।',
};
