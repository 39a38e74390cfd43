import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

// `npm test`: vitest over everything, or over what the arguments choose.

/** Projects of vitest.config.ts that need no browser and no Docker. */
const PROJECTS = ['--project', 'unit', '--project', 'integration'];

const args = process.argv.slice(2);
const chosen = args.some((arg) => arg.startsWith('--project')) ? args : [...PROJECTS, ...args];
process.argv.splice(2, args.length, 'run', ...chosen);
// A NODE_ENV=production of the shell would give the tests React's production build.
process.env.NODE_ENV = 'test';
await import(pathToFileURL(resolve('node_modules/vitest/vitest.mjs')).href);
