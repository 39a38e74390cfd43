import { texts } from '../texts/texts.ts';

/** The name of what was read. Who hears the page hears first what was read: `text`, null while there is nothing. */
export function AnswerHeading(props: { text: string | null; name: string; isDrawing?: boolean }) {
  const { text, name, isDrawing } = props;
  return (
    <h2 className="answer-of" data-drawing={isDrawing}>
      {text !== null && <span className="visually-hidden">{texts.readFirst(texts.aloud(text))}</span>}
      {name}
    </h2>
  );
}
