import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

/** Lays a brotli and a gzip twin beside every text file of the build: the api sends them as they are. */
export function compress(): Plugin {
  return {
    name: 'compress',
    apply: 'build',
    // From the written files: until then other plugins still change the code.
    async writeBundle({ dir }, bundle) {
      const names = Object.keys(bundle).filter((name) => /\.(js|css|html|svg|webmanifest)$/.test(name));
      await Promise.all(
        names.map(async (name) => {
          const path = join(dir ?? '', name);
          const source = await readFile(path);
          await writeFile(`${path}.br`, await promisify(brotliCompress)(source));
          await writeFile(`${path}.gz`, await promisify(gzip)(source, { level: 9 }));
        }),
      );
    },
  };
}
