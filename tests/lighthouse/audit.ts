import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

/** Installed by `npm run lighthouse`. */
const PROGRAM = fileURLToPath(new URL('node_modules/lighthouse/cli/index.js', import.meta.url));
const CHROMIUM_FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];
/** A report contains screenshots of the page while it loads. */
const REPORT_MAX_BYTES = 50_000_000;
const TRIES_MAX = 3;

const category = z.object({
  score: z.number(),
  auditRefs: z.array(z.object({ id: z.string(), weight: z.number() })),
});
const report = z.object({
  categories: z.object({ performance: category, accessibility: category }),
  audits: z.record(
    z.string(),
    z.object({ title: z.string(), score: z.number().nullable(), displayValue: z.string().optional() }),
  ),
});

/** Lighthouse's two presets: a mid-range phone on slow 4G, and a desktop on cable. */
export type Preset = 'mobile' | 'desktop';

/** Scores are 0…100. */
export interface Audit {
  performance: number;
  accessibility: number;
  /** The audits that cost points, in words. */
  losses: string[];
}

/** One run of Lighthouse on the page at `url`, in its own Chromium. */
export async function audit(url: string, preset: Preset): Promise<Audit> {
  const { categories, audits } = report.parse(JSON.parse(await lighthouse(url, preset, TRIES_MAX)));
  const losses = Object.values(categories)
    .flatMap(({ auditRefs }) => auditRefs)
    .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1)
    .map(({ id }) => `${audits[id]!.title} ${audits[id]!.displayValue ?? ''}`.trim());
  return {
    performance: Math.round(categories.performance.score * 100),
    accessibility: Math.round(categories.accessibility.score * 100),
    losses,
  };
}

/** Lighthouse's report as JSON. */
async function lighthouse(url: string, preset: Preset, tries: number): Promise<string> {
  const args = [
    PROGRAM,
    url,
    ...(preset === 'desktop' ? ['--preset=desktop'] : []),
    '--only-categories=performance,accessibility',
    `--chrome-flags=${CHROMIUM_FLAGS.join(' ')}`,
    '--no-enable-error-reporting',
    '--output=json',
    '--output-path=stdout',
    '--quiet',
  ];
  const env = { ...process.env, CHROME_PATH: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium' };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      env,
      maxBuffer: REPORT_MAX_BYTES,
    });
    return stdout;
  } catch (error) {
    // On a busy machine Chromium sometimes loses the start of a trace: Lighthouse then reports that it measured nothing.
    const isUnmeasured = error instanceof Error && error.message.includes('Please run Lighthouse again');
    if (!isUnmeasured || tries <= 1) throw error;
    return lighthouse(url, preset, tries - 1);
  }
}
