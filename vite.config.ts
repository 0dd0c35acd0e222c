import { svelte, vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { constants } from 'node:zlib';
import { compression, defineAlgorithm } from 'vite-plugin-compression2';
import { defineConfig } from 'vitest/config';
import { keepFiles } from './.config/keep-files.ts';
import { inOneFile } from './.config/one-file.ts';

export default defineConfig({
  root: 'client',
  plugins: [
    svelte({ preprocess: vitePreprocess(), configFile: false }),
    keepFiles(),
    // Browsers take Brotli over TLS and from localhost only: a plain network gets gzip.
    compression({
      algorithms: [
        // Its highest level, 11, takes twice as long for 2 % fewer bytes: the first start waits for it.
        defineAlgorithm('brotliCompress', { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }),
        'gzip',
      ],
    }),
  ],
  build: {
    outDir: '../.build/client',
    emptyOutDir: true,
    target: 'es2022',
    manifest: true,
    rolldownOptions: {
      input: {
        index: 'client/index.html',
        // The small pages for reports, which the server writes: a style and a script of their own.
        report: 'client/report/report.ts',
        'report-style': 'client/report/report.css',
        'service-worker': 'client/offline/service-worker.ts',
      },
      output: {
        // What it watches over begins at its own address, which must stay the same.
        entryFileNames: ({ name }) =>
          name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js',
        codeSplitting: { groups: [inOneFile('page', 'client/main.ts', 'client/report/report.ts')] },
      },
    },
    chunkSizeWarningLimit: 2000,
    // Under the page's CSP nothing is inlined: fonts and images are files.
    assetsInlineLimit: 0,
  },
  // MapLibre loads its own worker file by address; pre-bundling would inline it away.
  optimizeDeps: { exclude: ['maplibre-gl'] },
  test: {
    root: '.',
    testTimeout: 60_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
    expect: { poll: { timeout: 15_000, interval: 25 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'rooms',
          include: ['tests/*.test.ts', 'tests/{data,server,contract}/**/*.test.ts'],
          globalSetup: 'tests/setup/postgres.ts',
          // What they test keeps no state in its modules: loading it once saves a minute.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'client',
          include: ['tests/client/**/*.test.ts'],
          // As above; who tests a state of the page takes it back.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'fault',
          include: ['tests/fault/**/*.test.ts'],
          globalSetup: ['tests/setup/postgres.ts', 'tests/fault/small-folder.ts'],
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: 'tests/browser/product.ts',
          isolate: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
