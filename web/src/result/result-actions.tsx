import type { Prediction } from '@inkqueue/shared/contracts/prediction';
import { DOCS_PATH, pathOf } from '../state/place.ts';
import { texts } from '../texts/texts.ts';
import { CopyButton } from '../widgets/copy-button.tsx';
import { DocumentLink } from '../widgets/document-link.tsx';

/** Buttons that copy the prediction's link, the command that fetches it, and its JSON. */
export function ResultActions({ prediction }: { prediction: Prediction }) {
  const link = location.origin + pathOf({ name: 'result', id: prediction.id });
  const curl = `curl -s ${location.origin}${prediction.links.self}`;
  const json = JSON.stringify(prediction, null, 2);
  return (
    <section className="result-actions" aria-label={texts.result.actions}>
      <CopyButton label={texts.copyLink} text={link} className="button" />
      <CopyButton label={texts.result.copyCurl} text={curl} className="button" />
      <CopyButton label={texts.result.copyJson} text={json} className="button" />
      <DocumentLink className="button button-quiet" href={DOCS_PATH}>
        {texts.docs}
      </DocumentLink>
    </section>
  );
}
