import type { history as english } from '../en/history.ts';
import { formatNumber } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const history: Translation<typeof english> = {
  heading: 'इतिहास',
  where: 'इस ब्राउज़र के नतीजे। ये इसी डिवाइस पर रहते हैं।',
  drawing: 'लिखा हुआ',
  count: (count, searched) =>
    searched ? (count === 0 ? 'कुछ नहीं मिला' : `${formatNumber(count)} मिले`) : `${formatNumber(count)} सहेजे हुए`,
  remove: (read, name) => `${read} मिटाएँ, ${name}`,
  removeAll: 'सब मिटाएँ',
  removed: (count) => (count === 1 ? 'मिटाया गया।' : `${formatNumber(count)} मिटाए गए।`),
  empty: 'यहाँ अभी कुछ नहीं है।',
  emptyNext: 'आप जो लिखते और भेजते हैं, पढ़े जाने के बाद यहाँ दिखता है।',
};
