/**
 * Text as a person types it in a hurry: lower case, no accents, đ as d, one blank between words.
 * "Điện Biên", "dien bien" and "ĐIỆN-BIÊN" fold to the same.
 */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}
