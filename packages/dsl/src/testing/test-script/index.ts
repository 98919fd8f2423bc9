/** `@hookswitch/dsl/inside/test-script`: how tests are written from calls; for the console of the same version. Not for users: any release may change it. */
export { literal, quoted } from './literal.ts';
export { type StubUse, type TestScript, testSource } from './test-source.ts';
