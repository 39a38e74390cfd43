import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Puts sw.js into the build: the service worker with the names of all of the build's files. */
export function serviceWorker(): Plugin {
  let publicDir = '';
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved(config) {
      publicDir = config.publicDir;
    },
    generateBundle: {
      // After index.html is written.
      order: 'post',
      async handler(_, bundle) {
        const source = await readFile(new URL('./worker.js', import.meta.url), 'utf8');
        const fixed = await readdir(publicDir);
        const built = Object.values(bundle);
        const entries = built.flatMap((file) => (file.type === 'chunk' && file.isEntry ? file.fileName : []));
        const index = built.find(({ fileName }) => fileName === 'index.html');
        const files = [...built.filter((file) => file !== index).map(({ fileName }) => fileName), ...fixed];
        // Built files have a hash of their content in their name; the others do not.
        const version = createHash('sha256').update(source).update(files.join());
        if (index?.type === 'asset') version.update(index.source);
        for (const name of fixed) version.update(await readFile(join(publicDir, name)));
        const constants = {
          VERSION: version.digest('hex').slice(0, 16),
          ENTRIES: entries,
          FILES: files.sort(),
        };
        const lines = Object.entries(constants).map(
          ([name, value]) => `const ${name} = ${JSON.stringify(value)};\n`,
        );
        this.emitFile({ type: 'asset', fileName: 'sw.js', source: lines.join('') + source });
      },
    },
  };
}
