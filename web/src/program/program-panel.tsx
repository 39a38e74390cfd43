import { useId, useState } from 'react';
import type { ImageRequest } from '../actions/sending/prediction-tracker.ts';
import { download } from '../browser/download.ts';
import { apiAddress, DOCS_PATH } from '../state/place.ts';
import type { TrackedPrediction } from '../state/prediction/tracked-prediction.ts';
import { texts } from '../texts/texts.ts';
import { CopyButton } from '../widgets/copy-button.tsx';
import { DocumentLink } from '../widgets/document-link.tsx';
import { responseOf } from './response.ts';
import { type Snippet, snippetsOf } from './snippets.ts';

/** Programs for this picture, and beside them the response that they get, live. */
export function ProgramPanel(props: {
  tracked: TrackedPrediction;
  name: string;
  drawing: ImageRequest['image'] | null;
}) {
  const { tracked, name, drawing } = props;
  const [language, setLanguage] = useState<Snippet['language']>('curl');
  const snippets = snippetsOf({ name, url: apiAddress('predict') });
  const snippet = snippets.find((each) => each.language === language)!;
  const response = responseOf(tracked);
  return (
    <div className="program-panel">
      <section className="program-side" aria-label={texts.program.request}>
        <Languages snippets={snippets} language={language} onChoose={setLanguage} />
        <pre className="program-code">
          <code>{snippet.code}</code>
        </pre>
        <div className="program-steps">
          <CopyButton key={`${language} ${name}`} label={texts.copy} text={snippet.code} className="button" />
          {drawing && (
            <button type="button" className="button" onClick={() => void save(drawing, name)}>
              {texts.program.save(name)}
            </button>
          )}
        </div>
        <p className="program-note">{texts.program.needs[language](snippet.file ?? '', name)}</p>
      </section>
      <section className="program-side" aria-label={texts.program.response}>
        <h3 className="program-heading">{texts.program.response}</h3>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard */}
        <pre className="program-code program-response" tabIndex={0}>
          <code>{response === null ? texts.program.none : JSON.stringify(response, null, 2)}</code>
        </pre>
        <p className="program-note">
          <DocumentLink href={DOCS_PATH}>{texts.docs}</DocumentLink>
        </p>
      </section>
    </div>
  );
}

function Languages(props: {
  snippets: readonly Snippet[];
  language: Snippet['language'];
  onChoose: (language: Snippet['language']) => void;
}) {
  const name = useId();
  return (
    <fieldset className="program-languages">
      <legend className="visually-hidden">{texts.program.language}</legend>
      {props.snippets.map(({ language }) => (
        <label key={language} className="program-language">
          <input
            type="radio"
            className="visually-hidden"
            name={name}
            checked={language === props.language}
            onChange={() => props.onChoose(language)}
          />
          <span>{texts.program.languages[language]}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Saves the picture as a file. */
async function save(picture: ImageRequest['image'], name: string): Promise<void> {
  const sent = await picture();
  if (sent instanceof Blob) download(name, sent);
}
