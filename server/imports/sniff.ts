/** What a file really is, by its content. A name that says something else is a lie, told in words. */
import { open } from 'node:fs/promises';
import { ImportRefused } from './refused.ts';

/** What the first bytes tell. */
export type Content = 'text' | 'json' | 'zip' | 'gzip' | 'sqlite';

const HEAD_BYTES = 4_096;

const SIGNATURES: readonly [bytes: readonly number[], content: Content][] = [
  [[0x50, 0x4b, 0x03, 0x04], 'zip'],
  [[0x50, 0x4b, 0x05, 0x06], 'zip'],
  [[0x1f, 0x8b], 'gzip'],
  [[...Buffer.from('SQLite format 3\0')], 'sqlite'],
];
const STRANGERS: readonly [bytes: readonly number[], what: string][] = [
  [[0x25, 0x50, 0x44, 0x46], 'a PDF'],
  [[0x89, 0x50, 0x4e, 0x47], 'a PNG picture'],
  [[0xff, 0xd8, 0xff], 'a JPEG picture'],
  [[0x47, 0x49, 0x46, 0x38], 'a GIF picture'],
  [[0x7f, 0x45, 0x4c, 0x46], 'a program'],
  [[0x4d, 0x5a], 'a program'],
  [[0x52, 0x61, 0x72, 0x21], 'a RAR archive'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'a 7z archive'],
  [[0x42, 0x5a, 0x68], 'a bzip2 archive'],
];
/** What names promise. */
const PROMISED: Record<string, readonly Content[]> = {
  csv: ['text'],
  tsv: ['text'],
  txt: ['text'],
  json: ['json'],
  geojson: ['json'],
  xlsx: ['zip'],
  zip: ['zip'],
  gpkg: ['sqlite'],
  gz: ['gzip'],
};
const WORDS: Record<Content, string> = {
  text: 'a table as text',
  json: 'JSON',
  zip: 'a zip archive or a workbook',
  gzip: 'a gzip archive',
  sqlite: 'a GeoPackage or another SQLite database',
};

export async function contentOf(file: string, name: string): Promise<Content> {
  const handle = await open(file);
  let head: Buffer;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    head = buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
  const content = contentIn(head);
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const promised = PROMISED[ending];
  if (promised && !promised.includes(content))
    throw new ImportRefused(
      'lies',
      `${name} is not what its name says: inside it is ${WORDS[content]}. Save it as what it is.`,
    );
  return content;
}

function contentIn(head: Buffer): Content {
  if (head.length === 0) throw new ImportRefused('empty', 'The file is empty.');
  const begins = (bytes: readonly number[]): boolean => bytes.every((byte, i) => head[i] === byte);
  if (begins([0xd0, 0xcf, 0x11, 0xe0]))
    throw new ImportRefused(
      'old_excel',
      'The file is of an old Excel (.xls) or is locked with a password: save it as .xlsx without one.',
    );
  for (const [bytes, what] of STRANGERS)
    if (begins(bytes))
      throw new ImportRefused('stranger', `The file is ${what}, which holds no table.`);
  for (const [bytes, content] of SIGNATURES) if (begins(bytes)) return content;
  const text = head.toString('latin1').replace(/^(ï»¿|ÿþ|þÿ)?[\s\0]*/, '');
  if (text.startsWith('<'))
    throw new ImportRefused(
      'markup',
      'The file is a web page or XML under another name: save it as .xlsx or .csv.',
    );
  if (isWide(head) || !head.includes(0)) return /^[{[]/.test(text) ? 'json' : 'text';
  throw new ImportRefused(
    'not_text',
    'The file is neither text nor of any type that is read here.',
  );
}

/** UTF-16: with its mark, or every other byte nought. */
function isWide(head: Buffer): boolean {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return true;
  let zeros = 0;
  for (const byte of head) if (byte === 0) zeros++;
  return zeros > head.length / 5 && zeros <= head.length / 2;
}
