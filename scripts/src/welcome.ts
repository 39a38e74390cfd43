/** The addresses to open and how to stop, once everything is ready. */
export function welcome({
  url,
  logLevel,
  seconds,
}: {
  url: string;
  logLevel: string;
  seconds: number;
}): string {
  return `
  Inkqueue is ready (${seconds.toFixed(1)} s)

    Page      ${url}/ui
    API docs  ${url}/docs
    Health    ${url}/health/serving

    Try       curl -F file=@digit.png ${url}/predict
    Logs      from "${logLevel}" up; LOG_LEVEL=info npm start shows more
    Stop      Ctrl-C

`;
}

/** The address under which a browser on this machine reaches what listens on `host`. */
export function browserUrl(host: string, port: number): string {
  const isWildcard = host === '0.0.0.0' || host === '::';
  const name = isWildcard ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
