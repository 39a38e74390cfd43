import type { Plugin } from 'vite';

const TEXT = String.raw`(?:'(?:[^'\\]|\\.)*'|\`(?:[^\`\\$]|\\.)*\`|"(?:[^"\\]|\\.)*")`;
/** `.check(z.describe('…'))`, `, z.describe('…')` after other checks, and `.register(z.globalRegistry, {…})`. */
const FOR_DOCUMENTS = [
  new RegExp(String.raw`\.check\(z\.describe\(${TEXT}\)\)`, 'g'),
  new RegExp(String.raw`, z\.describe\(${TEXT}\)`, 'g'),
  new RegExp(String.raw`\.register\(z\.globalRegistry, \{(?:[^{}'"\`]|${TEXT})*\}\)`, 'g'),
];
const SCHEMA = /(?<![\w.])z\.(?=[a-z])/g;

/**
 * Leaves out of the page what it never uses of the contracts, 2 kB: descriptions, which only the API's documents show, and whole
 * schemas, which no bundler drops by itself, because a call might do something.
 */
export function noDescriptions(): Plugin {
  return {
    name: 'no-descriptions',
    apply: 'build',
    transform(code, id) {
      if (!/\/shared\/dist\/contracts\//.test(id)) return null;
      const bare = FOR_DOCUMENTS.reduce((rest, pattern) => rest.replaceAll(pattern, ''), code);
      return { code: bare.replaceAll(SCHEMA, '/*@__PURE__*/ z.'), map: null };
    },
  };
}
