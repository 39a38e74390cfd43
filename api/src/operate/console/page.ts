import { ACTION_NAMES, aboutAction } from '../actions.ts';
import type { AuditEntry } from '../audit.ts';

const ENTITIES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);
const escaped = (text: string) => text.replaceAll(/[&<>"]/g, (character) => ENTITIES.get(character)!);

/** Actions that cannot be taken back are asked for twice. */
const FOR_GOOD = new Set<string>(['purge']);

export const STYLE = `
:root { color-scheme: light dark; --ink: #1c2430; --paper: #fbfaf7; --line: #d8d4ca; --accent: #1d5fa8; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e3da; --paper: #15181d; --line: #353b45; --accent: #7ab2ee; } }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 4rem; color: var(--ink); background: var(--paper); font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; } a { color: var(--accent); }
pre { overflow-x: auto; padding: .8rem 1rem; border: 1px solid var(--line); border-radius: 8px; font-size: .85rem; }
form { display: grid; grid-template-columns: 9rem 1fr; gap: .2rem 1rem; align-items: center; margin: .5rem 0; }
form label { grid-column: 2; font-size: .9rem; }
button { font: inherit; min-height: 2.75rem; border: 1px solid var(--line); border-radius: 8px; background: transparent; color: inherit; cursor: pointer; }
button:hover, button:focus-visible { border-color: var(--accent); }
.done { padding: .6rem 1rem; border-left: 4px solid var(--accent); }
table { width: 100%; border-collapse: collapse; font-size: .9rem; } td, th { padding: .3rem .6rem .3rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
@media (max-width: 40rem) { form { grid-template-columns: 1fr; } form label { grid-column: 1; } pre { white-space: pre-wrap; } }
`;

/** The console's page. @param options.path where it is served  @param options.done what the last action did, if any */
export function renderConsole(options: {
  path: string;
  icon: string;
  status: string;
  audit: readonly AuditEntry[];
  done: string | null;
}): string {
  const { path, icon, status, audit, done } = options;
  const forms = ACTION_NAMES.map(
    (name) => `<form method="post" action="${path}/actions/${name}">
<button>${name}</button><span>${escaped(aboutAction(name))}</span>
${FOR_GOOD.has(name) ? '<label><input type="checkbox" required> This cannot be taken back.</label>' : ''}</form>`,
  );
  const rows = audit.map(
    ({ at, action, by, result }) =>
      `<tr>${[at, action, by, result].map((text) => `<td>${escaped(text)}</td>`).join('')}</tr>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>Inkqueue console</title><link rel="icon" href="${icon}"><link rel="stylesheet" href="${path}/console.css"></head>
<body><main><h1>Inkqueue console</h1>
${done === null ? '' : `<p class="done" role="status">${escaped(done)}</p>`}
<h2>Now</h2><pre tabindex="0">${escaped(status)}</pre>
<p><a href="${path}">Look again</a> · <a href="${path}/board">Jobs (Bull Board, to look at only)</a></p>
<h2>Actions</h2>${forms.join('\n')}
<h2>What operators did</h2>
${rows.length === 0 ? '<p>Nothing yet.</p>' : `<table><tr><th>when</th><th>what</th><th>who</th><th>what came of it</th></tr>${rows.join('\n')}</table>`}
</main></body></html>
`;
}
