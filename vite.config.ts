import { svelte, vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { compression } from 'vite-plugin-compression2';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: 'client',
  plugins: [
    svelte({ preprocess: vitePreprocess(), configFile: false }),
    // Browsers take Brotli over TLS and from localhost only: a plain network gets gzip.
    compression({ algorithms: ['brotliCompress', 'gzip'] }),
  ],
  build: {
    outDir: '../.build/client',
    emptyOutDir: true,
    target: 'es2022',
    manifest: true,
    chunkSizeWarningLimit: 2000,
    // Under the page's CSP nothing is inlined: fonts and images are files.
    assetsInlineLimit: 0,
  },
  // MapLibre loads its own worker file by address; pre-bundling would inline it away.
  optimizeDeps: { exclude: ['maplibre-gl'] },
  test: {
    root: '.',
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/setup/postgres.ts'],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
