/** Swagger UI's own dark look follows the system; it begins before anything is drawn. */
const FOLLOW_SYSTEM = `
const dark = matchMedia('(prefers-color-scheme: dark)');
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', follow);
follow();
`;

/** For Swagger UI's template: the page's colours, and tables that fit a phone. */
export const DOCS_STYLE = `
:root { color-scheme: light dark; }
body { background: #f4f5f2; }
html.dark-mode body, html.dark-mode .swagger-ui, html.dark-mode .swagger-ui .scheme-container { background: #12151a; }
html.dark-mode .swagger-ui :is(.opblock-tag, .btn) { color: #eef1f5; }
html.dark-mode .swagger-ui .expand-operation svg { fill: #eef1f5; }
.back {
  display: block;
  max-width: 1460px;
  margin: 0 auto;
  padding: 1rem 20px 0;
  font: 600 1rem -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif;
}
.back a { display: inline-block; padding: 0.6rem 0; color: #172033; text-underline-offset: 0.2em; }
html.dark-mode .back a { color: #eef1f5; }
.swagger-ui .info { margin: 1.5rem 0; }
@media (max-width: 640px) {
  .back { padding-inline: 12px; }
  .swagger-ui .wrapper { padding: 0 12px; }
  .swagger-ui .info .title { font-size: 1.6rem; }
  .swagger-ui .opblock .opblock-summary { flex-wrap: wrap; }
  .swagger-ui .opblock .opblock-summary-method { min-width: 4.5rem; padding: 4px 0; }
  .swagger-ui .opblock .opblock-summary-path { max-width: 100%; font-size: 0.9375rem; overflow-wrap: anywhere; }
  .swagger-ui .opblock .opblock-summary-description { flex-basis: 100%; padding: 4px 0; font-size: 0.875rem; }
  .swagger-ui :is(table.parameters, .responses-table) { display: block; }
  .swagger-ui :is(table.parameters, .responses-table) > thead { display: none; }
  .swagger-ui :is(table.parameters, .responses-table) > tbody { display: block; }
  .swagger-ui :is(table.parameters, .responses-table) > tbody > tr { display: block; padding: 0.5rem 0; }
  .swagger-ui :is(table.parameters, .responses-table) > tbody > tr > td {
    display: block;
    min-width: 0;
    width: auto;
    max-width: 100%;
    padding: 0.25rem 0;
    overflow-x: auto;
  }
  .swagger-ui :is(input[type="text"], textarea, select) { max-width: 100%; min-width: 0; box-sizing: border-box; }
  .swagger-ui .markdown, .swagger-ui .renderedMarkdown { overflow-wrap: anywhere; }
  .swagger-ui .opblock-section-header { flex-wrap: wrap; }
}
`;

/** Swagger UI's page with the window's width, the dark look, and a way back to the page at `pageAddress`. */
export function withLook(html: string, pageAddress: string): string {
  return html
    .replace(
      '</head>',
      () =>
        `<meta name="viewport" content="width=device-width, initial-scale=1">\n<script>${FOLLOW_SYSTEM}</script>\n</head>`,
    )
    .replace(
      '<div id="swagger-ui">',
      () => `<nav class="back"><a href="${pageAddress}">← Inkqueue</a></nav>\n<div id="swagger-ui">`,
    );
}
