import { config } from 'zod';

/** Imported before the contract: zod compiles its decoders with `new Function` unless told not to, which the page's CSP forbids and reports. */
config({ jitless: true });
