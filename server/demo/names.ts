/** Names of simulated things, in the way the real ones are named. */
import type { Operator } from '../../data/model/things.ts';
import type { Random } from './random.ts';

/** Said of everything that the demo makes up. */
export const SIMULATED = { simulated: true, source: 'mô phỏng' } as const;

const LETTER: Record<Operator, string> = {
  viettel: 'V',
  vinaphone: 'N',
  mobifone: 'M',
  other: 'K',
};

/** `Ba Đình V5-12`: the commune, the operator, the generation, a number within these. */
export function stationName(
  commune: string,
  operator: Operator,
  technology: '4g' | '5g',
  number: number,
): string {
  return `${withoutType(commune)} ${LETTER[operator]}${technology[0] ?? ''}-${number}`;
}

/** `Phường Ba Đình` → `Ba Đình`. */
export function withoutType(unit: string): string {
  return unit.replace(/^(Phường|Xã|Đặc khu|Tỉnh|Thành phố|TP\.)\s+/u, '');
}

const NORTH = {
  kinds: ['Bản', 'Bản', 'Thôn', 'Xóm'],
  first: [
    ...['Nà', 'Huổi', 'Pá', 'Khuổi', 'Lũng', 'Phiêng', 'Nậm', 'Co', 'Sín', 'Tả', 'Pác', 'Mường'],
    ...['Háng', 'Suối', 'Pu', 'Khau', 'Thẳm', 'Sảng', 'Chống', 'Tìa'],
  ],
  second: [
    ...['Lo', 'Khoang', 'Pồng', 'Luông', 'Mạ', 'Tâu', 'Sang', 'Chải', 'Lếch', 'Dên', 'Hạ', 'Vài'],
    ...['Cáy', 'Khao', 'Phìn', 'Ngài', 'Sa', 'Tấu', 'Hin', 'Mu', 'Xả', 'Đông', 'Pục', 'Tủa'],
  ],
};
const HIGHLANDS = {
  kinds: ['Làng', 'Buôn', 'Thôn', 'Plei'],
  first: ['Đăk', 'Kon', 'Ia', 'Krông', 'Ea', 'Ngọc', 'Tu', 'Măng', 'Ayun', 'Chư', 'Bờ', 'Kà'],
  second: [
    ...['Pơ', 'Rao', 'Tơng', 'Blang', 'Lung', 'Rẫy', 'Mơ', 'Nhoong', 'Kía', 'Bông', 'Drông', 'Sơ'],
    ...['Rông', 'Pét', 'Ktu', 'Hring', 'Lốc', 'Tăng', 'Xô', 'Brang'],
  ],
};
/** South of it the hamlets of the mountains bear names of the Central Highlands' peoples. */
const HIGHLANDS_BELOW_LAT = 16.5;

/** `Bản Nà Khoang`. */
export function hamletName(random: Random, lat: number): string {
  const { kinds, first, second } = lat < HIGHLANDS_BELOW_LAT ? HIGHLANDS : NORTH;
  return `${random.pick(kinds)} ${random.pick(first)} ${random.pick(second)}`;
}
