import { useEffect, useState } from 'react';
import { texts } from '../texts/texts.ts';
import { copyText } from './copy-text.ts';

const SAID_MS = 2000;

/** Copies a text and says for a moment that it did; where the browser refuses, the text itself is there to be copied. */
export function CopyButton(props: { label: string; text: string; className: string }) {
  const { label, text } = props;
  const [copied, setCopied] = useState<boolean | null>(null);

  useEffect(() => {
    if (copied !== true) return;
    const timer = setTimeout(() => setCopied(null), SAID_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  return (
    <span className="copy">
      <button type="button" className={props.className} onClick={() => void copyText(text).then(setCopied)}>
        {copied ? texts.copied : label}
      </button>
      <span className="visually-hidden" role="status">
        {copied ? texts.copied : ''}
      </span>
      {copied === false && (
        <textarea className="copy-by-hand" readOnly value={text} aria-label={texts.copyByHand} />
      )}
    </span>
  );
}
