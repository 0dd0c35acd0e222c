/**
 * Tells the service worker which files the build has made, so that it keeps them all: the name of one
 * under /assets says what is in it, every other is told with a fingerprint.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';

const WORKER = 'service-worker.js';
const PUBLIC = path.resolve(import.meta.dirname, '../client/public');
/** The small pages for reports have no use without a line, and old browsers none either. */
const NOT_KEPT = [/^\.vite\//, /^assets\/report/, /\.woff$/, /\.(br|gz|map)$/];

export function keepFiles(): Plugin {
  return {
    name: 'keep-files',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const worker = bundle[WORKER];
      if (worker?.type !== 'chunk') throw new Error(`the build has made no ${WORKER}`);
      const made = Object.values(bundle)
        .filter(({ fileName }) => fileName !== WORKER && !NOT_KEPT.some((no) => no.test(fileName)))
        .map((file) => entryOf(file.fileName, file.type === 'chunk' ? file.code : file.source));
      const copied = readdirSync(PUBLIC).map((name) =>
        entryOf(name, readFileSync(path.join(PUBLIC, name))),
      );
      worker.code = worker.code.replace('__FILES__', JSON.stringify([...made, ...copied]));
    },
  };
}

function entryOf(name: string, content: string | Uint8Array) {
  const named = name.startsWith('assets/');
  return {
    url: `/${name}`,
    revision: named ? null : createHash('sha256').update(content).digest('hex').slice(0, 16),
  };
}
