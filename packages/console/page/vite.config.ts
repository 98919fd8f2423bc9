import { defineConfig } from 'vite';

/** Builds the console's page into what the server serves. Paths are relative: the server may stand under any prefix. */
export default defineConfig({
  base: './',
  build: {
    outDir: '../dist/page',
    emptyOutDir: true,
    target: 'es2022',
    // Inline data would need exceptions in the page's content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
