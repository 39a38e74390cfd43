import type { ReactNode } from 'react';
import { texts } from '../texts/texts.ts';

/** A link to a document that is no place of the page. It opens in a new tab, so that the page keeps what it shows. */
export function DocumentLink(props: { href: string; className?: string; children: ReactNode }) {
  return (
    <a className={props.className} href={props.href} target="_blank" rel="noopener">
      {props.children}
      <span aria-hidden="true">&nbsp;{texts.newTabSign}</span>
      {/* The space stands in it: a mark of a sentence may follow the sign. */}
      <span className="visually-hidden"> {texts.newTab}</span>
    </a>
  );
}
