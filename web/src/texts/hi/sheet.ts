import type { sheet as english } from '../en/sheet.ts';
import type { Translation } from '../translation.ts';

export const sheet: Translation<typeof english> = {
  invitation: 'कोई अंक या संख्या लिखें',
  sheetLabel: 'अंक लिखने का पन्ना',
  sheetHint: 'यहाँ कोई अंक लिखें। कीबोर्ड से: तीर कुंजियाँ कलम चलाती हैं, स्पेस उसे रखता और उठाता है, E रबर लेता है।',
  penDown: 'कलम पन्ने पर',
  penUp: 'कलम उठी हुई',
  tools: 'लिखने के औज़ार',
  undo: 'पहले जैसा करें',
  redo: 'फिर से करें',
  eraser: 'रबर',
  clear: 'साफ़ करें',
  penWidth: 'कलम की मोटाई',
  pens: { fine: 'पतली', medium: 'मध्यम', broad: 'मोटी' },
  sample: 'करके दिखाएँ',
  sampleHint: 'नमूने का एक अंक लिखकर पढ़वाता है',
};
