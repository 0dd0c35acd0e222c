/**
 * Numbers as people write them. `1.234,5` and `1,234.5` are the same number in two countries, and one
 * column is written in one way: which one is told by the values that leave no doubt.
 */
import type { Decimal } from '../../data/wire/imports.ts';

type Sign = Exclude<Decimal, 'auto'>;

/**
 * The sign before the decimals in a column, from some of its values. `whole` for a column that counts:
 * there a group of three digits is thousands. Without a value that tells, a comma is a decimal comma,
 * as Vietnamese is written, and a dot a decimal point.
 */
export function decimalOf(values: readonly string[], whole: boolean): Sign {
  let comma = 0;
  let dot = 0;
  let plainComma = 0;
  for (const value of values) {
    const text = value.replace(/[\s\u00a0\u202f]/g, '');
    const lastComma = text.lastIndexOf(',');
    const lastDot = text.lastIndexOf('.');
    if (lastComma >= 0) plainComma++;
    if (lastComma >= 0 && lastDot >= 0) {
      if (lastComma > lastDot) comma++;
      else dot++;
    } else if (lastComma >= 0) {
      if (text.indexOf(',') !== lastComma) dot++;
      else if (!/^[+-]?\d{1,3},\d{3}$/.test(text)) comma++;
    } else if (lastDot >= 0) {
      if (text.indexOf('.') !== lastDot) comma++;
      else if (!/^[+-]?[1-9]\d{0,2}\.\d{3}$/.test(text)) dot++;
    }
  }
  if (comma !== dot) return comma > dot ? 'comma' : 'dot';
  // Nothing tells: what counts has thousands, not thousandths.
  if (whole) return plainComma > 0 ? 'dot' : 'comma';
  return plainComma > 0 ? 'comma' : 'dot';
}

/** A number; undefined for text that is none when `decimal` stands before the decimals. */
export function readNumber(text: string, decimal: Sign): number | undefined {
  const plain = text.replace(/[\s\u00a0\u202f']/g, '').replace(/^−/, '-');
  const [point, group] = decimal === 'comma' ? [',', '.'] : ['.', ','];
  const parts = plain.split(point);
  if (parts.length > 2) return undefined;
  const [whole = '', decimals] = parts;
  const grouped = new RegExp(`^[+-]?\\d{1,3}(\\${group}\\d{3})+$`).test(whole);
  const digits = grouped ? whole.replaceAll(group, '') : whole;
  if (!/^[+-]?\d+$/.test(digits) && !(digits === '' && decimals)) return undefined;
  if (decimals !== undefined && !/^\d*(e[+-]?\d+)?$/i.test(decimals)) return undefined;
  const value = Number(`${digits}.${decimals || '0'}`);
  return Number.isFinite(value) ? value : undefined;
}

/** Degrees, minutes and seconds (`105°51'16,5"E`) as degrees; undefined for anything else. */
export function readDegrees(text: string): number | undefined {
  const parts =
    /^\s*(\d{1,3})\s*[°ºo]\s*(?:(\d{1,2})\s*['’′]\s*)?(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:"|”|″|'')\s*)?([NSEWĐBTN]?)\s*$/iu.exec(
      text,
    );
  if (!parts) return undefined;
  const [degrees = 0, minutes = 0, seconds = 0] = parts
    .slice(1, 4)
    .map((part) => Number((part ?? '0').replace(',', '.')));
  return degrees + minutes / 60 + seconds / 3600;
}
