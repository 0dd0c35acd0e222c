import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');
const ROOMS = ['client', 'server', 'data'] as const;

/** Every source file of a room, from the top of the project. */
function sourcesOf(room: string): string[] {
  return readdirSync(path.join(ROOT, room), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|svelte)$/.test(file) && !file.includes('node_modules'))
    .map((file) => path.join(room, file));
}

/** What a file imports, wherever it is written: `from '…'`, `import '…'`, `import('…')`. */
function importsOf(file: string): string[] {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  return [...text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)['"]([^'"]+)['"]/g)].map(
    ([, target = '']) => (target.startsWith('.') ? path.join(path.dirname(file), target) : target),
  );
}

const arrows = ROOMS.flatMap((room) =>
  sourcesOf(room).flatMap((file) => importsOf(file).map((target) => ({ room, file, target }))),
);
const between = (from: string, to: RegExp): string[] =>
  arrows
    .filter((arrow) => arrow.room === from && to.test(arrow.target))
    .map(({ file, target }) => `${file} → ${target}`);

describe('client → data ← server', () => {
  it('sees the sources at all', () => {
    for (const room of ROOMS) expect(sourcesOf(room).length).toBeGreaterThan(5);
    expect(between('server', /^data\//)).not.toEqual([]);
  });

  it('the client knows nothing of the server, nor the server of the client', () => {
    expect(between('client', /^server\//)).toEqual([]);
    expect(between('server', /^client\//)).toEqual([]);
  });

  it('data/ knows neither, but for its pipeline, which calls the pack builder', () => {
    const found = between('data', /^(client|server)\//);
    expect(found.filter((arrow) => !arrow.startsWith('data/pipeline/'))).toEqual([]);
  });

  it('data/ touches no Node, no socket, no SQL and no page, but for its pipeline', () => {
    const found = between('data', /^(node:|pg$|socket\.io|express|svelte|maplibre|@deck\.gl)/);
    expect(found.filter((arrow) => !arrow.startsWith('data/pipeline/'))).toEqual([]);
    const page = /\b(document|window|localStorage|navigator)\.[a-z]/;
    const touching = sourcesOf('data')
      .filter((file) => !file.startsWith('data/pipeline/'))
      .filter((file) => page.test(readFileSync(path.join(ROOT, file), 'utf8')));
    expect(touching).toEqual([]);
  });

  it('the coverage engine does no input or output', () => {
    const found = between('server', /^(node:|pg$)/);
    expect(found.filter((arrow) => arrow.startsWith('server/coverage/'))).toEqual([]);
  });
});

describe('the top level', () => {
  it('is the four rooms, what npm and TypeScript want, and dotfiles', () => {
    const entries = readdirSync(ROOT).filter(
      (name) => !name.startsWith('.') && name !== 'node_modules',
    );
    expect(entries.sort()).toEqual([
      'README.md',
      'client',
      'data',
      'package-lock.json',
      'package.json',
      'server',
      'tests',
      'tsconfig.json',
      'vite.config.ts',
    ]);
    expect(statSync(path.join(ROOT, '.ci/run')).isFile()).toBe(true);
  });
});
