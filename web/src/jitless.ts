import { config } from 'zod';

// zod compiles a schema with `new Function` when it is made; the page's Content-Security-Policy forbids even the try.
// This module comes first among the imports, before any contract.
config({ jitless: true });
