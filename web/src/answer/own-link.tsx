import type { Prediction } from '@inkqueue/shared/contracts/prediction';
import { pathOf } from '../state/place.ts';
import { texts } from '../texts/texts.ts';
import { CopyButton } from '../widgets/copy-button.tsx';
import { DocumentLink } from '../widgets/document-link.tsx';

/** Links to the prediction's JSON and to its own page, and a button that copies the page's address. */
export function OwnLink({ prediction: { id, links, expires_at } }: { prediction: Prediction }) {
  const path = pathOf({ name: 'result', id });
  return (
    <p className="own-link">
      <DocumentLink href={links.self}>{texts.json}</DocumentLink>
      <a href={path} data-place>
        {texts.link}
      </a>
      <CopyButton key={id} label={texts.copyLink} text={location.origin + path} className="text-button" />
      {expires_at !== undefined && (
        <time dateTime={expires_at}>{texts.linkWorksUntil(new Date(expires_at))}</time>
      )}
    </p>
  );
}
