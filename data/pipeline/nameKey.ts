/**
 * What two spellings of one place name have in common: no accents, no type in front (“Huyện”,
 * “Thị trấn”, “District”), no spaces; spelled-out numbers as digits (“Quận Một” is “Quận 1”).
 */
import { withoutAccents } from '../country/english.ts';

const TYPES =
  /^(thanh pho|thi xa|thi tran|huyen dao|huyen|quan|xa|phuong|tinh|tp|town of) |(?: (district|city|town|province))$/g;

const NUMBERS = [
  'mot',
  'hai',
  'ba',
  'bon',
  'nam',
  'sau',
  'bay',
  'tam',
  'chin',
  'muoi',
  'muoi mot',
  'muoi hai',
];

export function nameKey(name: string): string {
  const words = withoutAccents(name)
    .replace(/[Ðð]/g, 'd') // the Icelandic letter that GeoNames has for Đ now and then
    .toLowerCase()
    .replace(/[’'`]/g, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  const bare = words.replace(TYPES, '');
  const number = words.startsWith('quan ') ? NUMBERS.indexOf(bare) + 1 : 0;
  return number > 0 ? String(number) : bare.replace(/ /g, '');
}
