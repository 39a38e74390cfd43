import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Lays a brotli and a gzip twin beside every text file of the build: the api sends them as they are. */
export function compress(): Plugin {
  return {
    name: 'compress',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      for (const output of Object.values(bundle)) {
        const source = output.type === 'chunk' ? output.code : output.source;
        if (!/\.(js|css|html|svg)$/.test(output.fileName)) continue;
        this.emitFile({
          type: 'asset',
          fileName: `${output.fileName}.br`,
          source: brotliCompressSync(source),
        });
        this.emitFile({ type: 'asset', fileName: `${output.fileName}.gz`, source: gzipSync(source) });
      }
    },
  };
}
