import { DOCS_PATH, type Place, pathOf } from './state/place.ts';
import { texts } from './texts/texts.ts';
import { DocumentLink } from './widgets/document-link.tsx';

/** The page's name and the links to its other places. */
export function Masthead({ place }: { place: Place }) {
  return (
    <header className="masthead">
      <h1 className="masthead-name">
        <a
          href={pathOf({ name: 'desk' })}
          data-place
          aria-current={place.name === 'desk' ? 'page' : undefined}
        >
          {texts.name}
        </a>{' '}
        <span className="masthead-tagline">{texts.tagline}</span>
      </h1>
      <nav className="masthead-links" aria-label={texts.navigation}>
        <a
          className="masthead-link"
          href={pathOf({ name: 'history' })}
          data-place
          aria-current={place.name === 'history' ? 'page' : undefined}
        >
          {texts.history.heading}
        </a>
        <DocumentLink className="masthead-link" href={DOCS_PATH}>
          {texts.apiDocs}
        </DocumentLink>
      </nav>
    </header>
  );
}
