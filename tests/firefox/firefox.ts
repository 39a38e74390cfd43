import { fileURLToPath } from 'node:url';

/** Installed by `npm run test:firefox`. */
const PUPPETEER = fileURLToPath(
  new URL('node_modules/puppeteer-core/lib/esm/puppeteer/puppeteer-core.js', import.meta.url),
);
/** By default, Debian's Firefox. */
const FIREFOX = process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr';

/** What the tests use of Puppeteer's page. */
export interface FirefoxPage {
  goto(url: string): Promise<unknown>;
  setViewport(size: { width: number; height: number }): Promise<void>;
  evaluate<Result, Args extends unknown[]>(
    run: (...args: Args) => Result,
    ...args: Args
  ): Promise<Awaited<Result>>;
  waitForSelector(selector: string): Promise<{ uploadFile(...paths: string[]): Promise<void> } | null>;
  mouse: { move(x: number, y: number): Promise<void>; down(): Promise<void>; up(): Promise<void> };
  on(event: 'pageerror', listener: (error: Error) => void): void;
}

interface Firefox {
  version(): Promise<string>;
  newPage(): Promise<FirefoxPage>;
  close(): Promise<void>;
}

/**
 * An ordinary Firefox without a window, over WebDriver BiDi. Playwright drives only its own build of Firefox: over BiDi it sends
 * `emulation.setMediaFeaturesOverride`, which Firefox 153 does not know.
 *
 * @param scheme the colours that its pages prefer
 */
export async function launchFirefox(scheme: 'light' | 'dark' = 'light'): Promise<Firefox> {
  const { default: puppeteer } = await import(PUPPETEER);
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: FIREFOX,
    headless: true,
    extraPrefsFirefox: {
      'layout.css.prefers-color-scheme.content-override': scheme === 'dark' ? 0 : 1,
      'ui.prefersReducedMotion': 1,
    },
  });
}
