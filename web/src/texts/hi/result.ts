import type { result as english } from '../en/result.ts';
import { formatDate } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const result: Translation<typeof english> = {
  title: (when) => `${formatDate(when)} का नतीजा`,
  loading: 'नतीजा लाया जा रहा है…',
  noNetworkInput: 'तस्वीर सहेजी नहीं जाती।',
  drawNew: 'नया लिखें',
  actions: 'कॉपी और साझा करें',
  copyCurl: 'curl के रूप में कॉपी करें',
  copyJson: 'JSON कॉपी करें',
  gone: 'यह नतीजा अब सेवा के पास नहीं है।',
  ownCopy: 'यह इस ब्राउज़र की रखी हुई प्रति है। लिंक खोलने वाले दूसरे लोग इसे नहीं देखते।',
};
