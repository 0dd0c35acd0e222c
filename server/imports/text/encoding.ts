/**
 * Which letters the bytes of a file mean. A byte order mark decides; then whether it is UTF-8; then
 * which reading gives Vietnamese. Text that is Unicode already may still be an old encoding in disguise.
 */
import type { Encoding } from '../../../data/wire/imports.ts';
import { fromTcvn3, fromVni } from './legacy.ts';
import { readingOf, shareRight } from './syllables.ts';

export type Letters = Exclude<Encoding, 'auto'>;

export interface Guess {
  letters: Letters;
  unsure: boolean;
}

/** Readings that differ by less than this cannot be told apart. */
const CLEAR = 0.2;

/** Looks at the first bytes of a text file. */
export function lettersOf(head: Uint8Array): Guess {
  if (head[0] === 0xff && head[1] === 0xfe) return { letters: 'utf-16le', unsure: false };
  if (head[0] === 0xfe && head[1] === 0xff) return { letters: 'utf-16be', unsure: false };
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf)
    return legacyIn(textIn(head, 'utf-8'));
  const wide = zeros(head);
  if (wide) return { letters: wide, unsure: false };
  if (isUtf8(head)) return legacyIn(textIn(head, 'utf-8'));
  return best(
    (['windows-1258', 'tcvn3', 'vni', 'windows-1252'] as const).map((letters) => ({
      letters,
      share: shareRight(readingOf(textIn(head, letters))),
    })),
  );
}

/** Looks at text that is Unicode: as it stands, or TCVN3 or VNI behind it. */
export function legacyIn(text: string): Guess {
  const plain = { letters: 'utf-8' as const, share: shareRight(readingOf(text.normalize('NFC'))) };
  if (plain.share === 1) return { letters: 'utf-8', unsure: false };
  return best([
    plain,
    { letters: 'tcvn3', share: shareRight(readingOf(fromTcvn3(text))) },
    { letters: 'vni', share: shareRight(readingOf(fromVni(text))) },
  ]);
}

function best(readings: { letters: Letters; share: number }[]): Guess {
  const [first, second] = [...readings].sort((a, b) => b.share - a.share);
  if (!first) return { letters: 'utf-8', unsure: true };
  return { letters: first.letters, unsure: first.share - (second?.share ?? 0) < CLEAR };
}

/** The label by which a decoder knows the bytes: the old encodings are put right afterwards. */
export function decoderLabel(letters: Letters, isBytesUtf8: boolean): string {
  if (letters === 'tcvn3' || letters === 'vni') return isBytesUtf8 ? 'utf-8' : 'windows-1252';
  return letters;
}

/** Decoded text as it is meant, in NFC. */
export function putRight(text: string, letters: Letters): string {
  // Most text has nothing to put right.
  if (!/[^\p{ASCII}]/u.test(text)) return text;
  if (letters === 'tcvn3') return fromTcvn3(text).normalize('NFC');
  if (letters === 'vni') return fromVni(text).normalize('NFC');
  return text.normalize('NFC');
}

function textIn(bytes: Uint8Array, letters: Letters): string {
  return putRight(new TextDecoder(decoderLabel(letters, false)).decode(bytes), letters);
}

/** Whether bytes are UTF-8; the last letter may be cut off. */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** UTF-16 without a mark: every other byte of Latin text is nought. */
function zeros(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const length = Math.min(bytes.length, 2_000);
  let even = 0;
  let odd = 0;
  for (let i = 0; i < length; i++)
    if (bytes[i] === 0) {
      if (i % 2 === 0) even++;
      else odd++;
    }
  if (odd > length / 5 && even < length / 50) return 'utf-16le';
  if (even > length / 5 && odd < length / 50) return 'utf-16be';
  return undefined;
}
