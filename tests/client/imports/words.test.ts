import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { importWords, sayFailure } from '../../../client/imports/words.ts';

const SERVER = path.resolve(import.meta.dirname, '../../../server/imports');

/** Every reason for which the server's sources refuse a file. */
const reasons = readdirSync(SERVER, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(path.join(SERVER, file), 'utf8'))
  .flatMap((text) => [...text.matchAll(/new ImportRefused\(\s*'(\w+)'/g)])
  .map(([, reason = '']) => reason);

test('a refused file is told to a Vietnamese reader in Vietnamese, whatever was wrong', () => {
  expect(reasons).toEqual(expect.arrayContaining(['damaged', 'too_many_rows', 'no_file']));
  const english = 'the sentence of the server';
  const untold = [
    ...reasons,
    'forbidden',
    'not_found',
    'in_use',
    'unavailable',
    'abandoned',
  ].filter((reason) => sayFailure(importWords(), reason, english) === english);
  expect(untold).toEqual([]);
});
