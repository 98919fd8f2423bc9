#!/usr/bin/env node
// Committed as it is, so that npm links the command in a workspace that has not been built yet.
import { existsSync } from 'node:fs';

const main = new URL('../dist/main.js', import.meta.url);
if (existsSync(main)) {
  await import(main.href);
} else {
  console.error('hookswitch: the packages of this repository are not built yet. Run: npm run build');
  process.exitCode = 70;
}
