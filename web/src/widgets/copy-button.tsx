import { useEffect, useState } from 'react';
import { copyText } from '../browser/copy-text.ts';
import { texts } from '../texts/texts.ts';

const CONFIRMED_MS = 2000;

/** Copies a text and confirms it for a moment; when the browser refuses, the text appears to be copied by hand. */
export function CopyButton(props: { label: string; text: string; className: string }) {
  const { label, text } = props;
  const [copied, setCopied] = useState<boolean | null>(null);

  useEffect(() => {
    if (copied !== true) return;
    const timer = setTimeout(() => setCopied(null), CONFIRMED_MS);
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
