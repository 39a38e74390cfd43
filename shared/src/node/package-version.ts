import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const packageFile = z.object({ version: z.string() });

/** The version in a package.json. */
export async function readVersion(packageUrl: URL): Promise<string> {
  return packageFile.parse(JSON.parse(await readFile(packageUrl, 'utf8'))).version;
}
