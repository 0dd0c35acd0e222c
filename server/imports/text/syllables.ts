/**
 * How Vietnamese a text is: of its words with marks, those that can be a Vietnamese syllable and those
 * that cannot. Text read in a wrong encoding gives words that nobody could say.
 */
const ONSETS = 'b|c|ch|d|đ|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x|kr|br|pl';
const NUCLEI =
  'iêu|yêu|uôi|ươi|ươu|oai|oay|oeo|uây|uyu|uya|uyê|uơ|iê|yê|uô|ươ|oa|oă|oe|oo|uâ|uê|uy|ia|ua|ưa|' +
  'ai|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y';
const CODAS = 'ch|c|m|ng|nh|n|p|t|k|l|r';
const SYLLABLE = new RegExp(`^(?:${ONSETS})?(?:${NUCLEI})(?:${CODAS})?$`);
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
/** A word; signs that old encodings use count as letters. One pass over the text, whatever is in it. */
const WORD = /[\p{L}\p{M}\u00a1-\u00bf\u00d7\u00f7]+/gu;
const PLAIN = /^[A-Za-z]*$/;
/** More than this says no more about a text. */
const MOST_READ = 300_000;
const LONGEST_WORD = 40;

export interface Reading {
  right: number;
  wrong: number;
}

export function readingOf(text: string): Reading {
  const reading = { right: 0, wrong: 0 };
  for (const [word] of text.slice(0, MOST_READ).matchAll(WORD)) {
    if (word.length > LONGEST_WORD || PLAIN.test(word)) continue;
    if (isSyllable(word)) reading.right++;
    else reading.wrong++;
  }
  return reading;
}

/** Of the words with marks, those that read as Vietnamese, 0–1; 1 where there are none. */
export function shareRight({ right, wrong }: Reading): number {
  return right + wrong === 0 ? 1 : right / (right + wrong);
}

function isSyllable(word: string): boolean {
  const apart = word.normalize('NFD');
  if ((apart.match(TONES) ?? []).length > 1) return false;
  // Capitals inside a word come of a wrong reading.
  if (/\p{Ll}.*\p{Lu}/u.test(word)) return false;
  return SYLLABLE.test(apart.replace(TONES, '').normalize('NFC').toLowerCase());
}
