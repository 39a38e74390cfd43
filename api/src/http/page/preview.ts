/** Width and height of a result's card, as every network that shows previews takes it. */
export const CARD_SIZE = { width: 1200, height: 630 };

/**
 * What other networks show of a link to a result: tags of OpenGraph, with the result's card.
 *
 * @param address of the result's own page, absolute
 */
export function previewTags(address: string): string {
  const tags = {
    'og:url': address,
    'og:image': `${address}/card.png`,
    'og:image:type': 'image/png',
    'og:image:width': String(CARD_SIZE.width),
    'og:image:height': String(CARD_SIZE.height),
    'og:image:alt': 'What was read, and how sure the network is',
    'twitter:card': 'summary_large_image',
  };
  return Object.entries(tags)
    .map(([property, content]) => `<meta property="${property}" content="${escaped(content)}" />`)
    .join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
