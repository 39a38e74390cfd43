import type { ModelState } from '../state/model.ts';
import { apiAddress } from '../state/place.ts';
import { texts } from '../texts/texts.ts';
import { DocumentLink } from '../widgets/document-link.tsx';
import { FailureNotice } from '../widgets/place-notice.tsx';
import { Markdown } from './markdown.tsx';
import { Measured } from './measured.tsx';
import '../styles/model.css';

/** What a model is, how well it reads, and its card. */
export function ModelView({ model, onRetry }: { model: ModelState; onRetry: () => void }) {
  const { name, shown, failure } = model;
  if (failure) {
    const text = failure.code === 'model-not-found' ? texts.model.notFound(name) : undefined;
    return <FailureNotice failure={failure} text={text} onRetry={onRetry} />;
  }
  if (!shown) {
    return (
      <p className="result-loading" role="status">
        {texts.model.loading}
      </p>
    );
  }
  const { manifest, card } = shown;
  const sets = Object.entries(card.sets);
  return (
    <article className="model">
      <h2 className="model-name">{texts.model.title(manifest.name, manifest.version)}</h2>
      <p className="model-description">{manifest.description}</p>
      <p className="model-links">
        <DocumentLink href={apiAddress(`models/${name}`)}>{texts.json}</DocumentLink>
      </p>
      {sets.length > 0 && (
        <section>
          <h3 className="model-heading">{texts.model.howWell}</h3>
          {sets.map(([set, measured]) => (
            <Measured key={set} name={set} set={measured} />
          ))}
        </section>
      )}
      {card.card !== null && (
        <section>
          <h3 className="model-heading">{texts.model.card}</h3>
          <Markdown text={card.card} />
        </section>
      )}
    </article>
  );
}
