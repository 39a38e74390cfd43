import { lexer, type MarkedToken, type Token, type Tokens } from 'marked';
import { createElement, Fragment, type ReactNode } from 'react';
import { DocumentLink } from '../widgets/document-link.tsx';

/** Headings of a document stand below those of the page. */
const HEADING_SHIFT = 3;

/**
 * Markdown as React elements: no text of the document ever becomes HTML. Pictures become their descriptions, links that lead out of the
 * web become plain text, and HTML is left out.
 */
export function Markdown({ text }: { text: string }) {
  return <div className="markdown">{all(lexer(text))}</div>;
}

function all(tokens: readonly Token[] = []): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: a document does not change
  return tokens.map((token, index) => <Fragment key={index}>{one(token as MarkedToken)}</Fragment>);
}

function one(token: MarkedToken): ReactNode {
  switch (token.type) {
    case 'heading':
      return createElement(`h${Math.min(6, token.depth + HEADING_SHIFT)}`, null, all(token.tokens));
    case 'paragraph':
      return <p>{all(token.tokens)}</p>;
    case 'list':
      return createElement(
        token.ordered ? 'ol' : 'ul',
        null,
        // biome-ignore lint/suspicious/noArrayIndexKey: a document does not change
        token.items.map((item, index) => <li key={index}>{all(item.tokens)}</li>),
      );
    case 'blockquote':
      return <blockquote>{all(token.tokens)}</blockquote>;
    case 'table':
      return <Table token={token} />;
    case 'code':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard
        <pre tabIndex={0}>
          <code>{token.text}</code>
        </pre>
      );
    case 'hr':
      return <hr />;
    case 'strong':
      return <strong>{all(token.tokens)}</strong>;
    case 'em':
      return <em>{all(token.tokens)}</em>;
    case 'del':
      return <del>{all(token.tokens)}</del>;
    case 'codespan':
      return <code>{token.text}</code>;
    case 'br':
      return <br />;
    case 'link':
      return /^https?:/.test(token.href) ? (
        <DocumentLink href={token.href}>{all(token.tokens)}</DocumentLink>
      ) : (
        all(token.tokens)
      );
    case 'image':
      return <em>{token.text}</em>;
    case 'text':
      return token.tokens ? all(token.tokens) : token.text;
    case 'escape':
      return token.text;
    default:
      return null;
  }
}

function Table({ token: { header, rows } }: { token: Tokens.Table }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard
    <div className="markdown-table" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {header.map((cell, index) =>
              cell.text === '' ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: a document does not change
                <td key={index} />
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: a document does not change
                <th key={index} scope="col">
                  {all(cell.tokens)}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a document does not change
            <tr key={row}>
              {cells.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a document does not change
                <td key={index}>{all(cell.tokens)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
