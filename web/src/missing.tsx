import { DOCS_PATH, pathOf } from './state/place.ts';
import { texts } from './texts/texts.ts';
import { DocumentLink } from './widgets/document-link.tsx';
import { PlaceNotice } from './widgets/place-notice.tsx';

/** Stands at an address that the service does not have, with the ways on. */
export function Missing() {
  return (
    <PlaceNotice what={texts.missing.what} next={texts.missing.next}>
      <a className="button" href={pathOf({ name: 'desk' })} data-place>
        {texts.drawDigit}
      </a>
      <DocumentLink className="button button-quiet" href={DOCS_PATH}>
        {texts.docs}
      </DocumentLink>
    </PlaceNotice>
  );
}
