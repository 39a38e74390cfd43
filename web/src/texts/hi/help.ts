import type { help as english } from '../en/help.ts';
import type { Translation } from '../translation.ts';

export const help: Translation<typeof english> = {
  open: 'कीबोर्ड',
  heading: 'कीबोर्ड से',
  or: 'या',
  keys: { space: 'स्पेस', arrows: 'तीर कुंजियाँ' },
  page: 'हर जगह',
  sheet: 'पन्ने पर',
  number: 'संख्या के अंकों पर',
  batch: 'कई तस्वीरों के बीच',
  actions: {
    help: 'ये कुंजियाँ दिखाएँ',
    paste: 'कॉपी की गई तस्वीर पढ़ें',
    move: 'कलम को एक खाना खिसकाएँ',
    pen: 'कलम रखें और उठाएँ',
    giveUp: 'यह रेखा छोड़ दें',
    eraser: 'कलम और रबर के बीच बदलें',
    choose: 'अगला या पिछला अंक देखें',
    go: 'अगली या पिछली तस्वीर पर जाएँ',
    ends: 'पहली या आखिरी तस्वीर पर जाएँ',
    setRight: 'खुली तस्वीर में पढ़े गए को सुधारें',
  },
};
