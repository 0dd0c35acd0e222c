/** The server's own sentences are English, for programs: no screen shows them. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const CLIENT = path.resolve(import.meta.dirname, '../../../client');

/** Who may look at a message, and what for: files, and folders. */
const MAY: Record<string, string> = {
  'words/refusal.ts': 'says it where the code of a refusal is not known here',
  'live/ask.ts': 'makes an error of it, for the console',
  'live/connection.ts': 'tells by it why a socket was not let in',
  'imports/': 'words each code of its own, and keeps the message for one that is not known',
};

/** `error.message`, and `{ code, message }` taken out of a refusal. */
const SHOWN = /\.message\b|\{[^{}()=]*\bmessage\b[^{}()=]*\}(\s*:\s*Refusal|\s*=(?!=|>))/;

it('no component and no module of the client shows the message of a refusal', () => {
  const sources = readdirSync(CLIENT, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => /\.(ts|svelte)$/.test(file));
  const showing = sources.filter((file) =>
    SHOWN.test(readFileSync(path.join(CLIENT, file), 'utf8')),
  );
  expect(showing.filter((file) => !Object.keys(MAY).some((may) => file.startsWith(may)))).toEqual(
    [],
  );
  // It does see them.
  expect(showing).toContain('words/refusal.ts');
});

it.each([
  ['problem = error.message', true],
  ['const { code, message } = answer.error;', true],
  ['function faultOf({ code, message }: Refusal): Fault {', true],
  ["return { code: 'unavailable', message: 'Not sent.' };", false],
  ['window.onmessage = hear;', false],
])('%s: %s', (source, shows) => {
  expect(SHOWN.test(source)).toBe(shows);
});
