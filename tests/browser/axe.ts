import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** The violations of WCAG 2.2 AA and of axe's own best practices, in short lines. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const result = await page.evaluate<AxeResults>('axe.run()');
  return result.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}
