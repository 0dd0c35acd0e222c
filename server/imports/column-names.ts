/** Which field a column is, by its head: Vietnamese and English names as registers have them, folded. */
import { FIELD_WORDS } from '../../data/imports/field-words.ts';
import { FIELDS, type Kind } from '../../data/imports/kinds.ts';
import { fold } from './fold.ts';

const NAMES: Record<string, readonly string[]> = {
  id: ['id', 'ma', 'ma he thong', 'ma phu song', 'fid he thong'],
  name: [
    'name',
    'ten',
    'ten tram',
    'ma tram',
    'ten bts',
    'ten vi tri',
    'site',
    'site name',
    'site id',
    'station',
    'station name',
    'thon',
    'ten thon',
    'ten thon ban',
    'thon ban',
    'hamlet',
    'ten nut',
    'node',
    'node name',
    'ten cong trinh',
    'ten co so',
    'facility',
  ],
  operator: [
    'operator',
    'nha mang',
    'nha khai thac',
    'doanh nghiep',
    'mang',
    'carrier',
    'don vi khai thac',
  ],
  technology: ['technology', 'cong nghe', 'the he', 'loai tram', 'tech', 'radio', 'loai cong nghe'],
  band: ['band', 'bang tan', 'tan so', 'bang', 'frequency', 'dai tan'],
  lon: [
    'lon',
    'long',
    'lng',
    'longitude',
    'kinh do',
    'kinh do e',
    'long wgs84',
    'geometry x',
    'toa do kinh do',
    'easting',
    'y vn2000',
    'y m',
    'toa do y',
  ],
  lat: [
    'lat',
    'latitude',
    'vi do',
    'vi do n',
    'lat wgs84',
    'geometry y',
    'toa do vi do',
    'northing',
    'x vn2000',
    'x m',
    'toa do x',
  ],
  heightM: [
    'height',
    'heightm',
    'height m',
    'do cao',
    'do cao anten',
    'do cao ang ten',
    'chieu cao',
    'chieu cao cot',
    'do cao cot',
    'chieu cao anten',
    'do cao m',
    'chieu cao m',
    'chieu cao cot m',
    'do cao ang ten m',
    'do cao anten m',
  ],
  azimuth: ['azimuth', 'huong', 'goc phuong vi', 'phuong vi'],
  beamwidth: ['beamwidth', 'goc mo', 'bup song', 'do rong bup song'],
  status: ['status', 'trang thai', 'tinh trang', 'hien trang'],
  plannedFor: [
    'plannedfor',
    'planned',
    'planned for',
    'ke hoach',
    'ngay du kien',
    'du kien phat song',
    'ngay ke hoach',
  ],
  since: [
    'since',
    'ngay phat song',
    'on air',
    'on air date',
    'ngay hoat dong',
    'ngay dua vao su dung',
  ],
  acceptedOn: ['acceptedon', 'accepted on', 'ngay nghiem thu', 'nghiem thu'],
  document: ['document', 'so van ban', 'bien ban', 'so bien ban', 'van ban nghiem thu'],
  source: ['source', 'nguon', 'nguon so lieu'],
  simulated: ['simulated', 'mo phong'],
  households: ['households', 'so ho', 'ho', 'so ho dan', 'so ho gia dinh'],
  people: ['people', 'so nguoi', 'dan so', 'so dan', 'nhan khau', 'so khau', 'population'],
  gridPower: ['gridpower', 'grid power', 'dien luoi', 'co dien luoi', 'dien', 'dien luoi quoc gia'],
  speciallyDisadvantaged: [
    'speciallydisadvantaged',
    'specially disadvantaged',
    'dac biet kho khan',
    'dbkk',
    'thon dbkk',
    'thon dac biet kho khan',
  ],
  deadline: ['deadline', 'han', 'thoi han', 'han phu song', 'han hoan thanh'],
  resolvedOn: ['resolvedon', 'resolved on', 'ngay phu song', 'ngay co song'],
  solution: ['solution', 'giai phap', 'phuong an'],
  level: ['level', 'cap', 'cap nut', 'cap mang'],
  unit: ['unit', 'don vi', 'ma don vi', 'ma xa', 'ma dvhc', 'xa', 'don vi hanh chinh'],
  from: ['from', 'nut dau', 'tu nut', 'diem dau', 'tu'],
  to: ['to', 'nut cuoi', 'den nut', 'diem cuoi', 'den'],
  provider: ['provider', 'nha cung cap', 'don vi cung cap', 'doanh nghiep cung cap'],
  bandwidthMbps: [
    'bandwidthmbps',
    'bandwidth',
    'bandwidth mbps',
    'bang thong',
    'bang thong mbps',
    'toc do',
    'bang thong mbit s',
  ],
  kind: ['kind', 'loai', 'loai hinh', 'phan loai'],
  owner: ['owner', 'chu quan', 'don vi chu quan', 'cap quan ly', 'chu so huu'],
  indicator: ['indicator', 'chi tieu', 'ma chi tieu', 'chi so'],
  day: ['day', 'date', 'ngay', 'thoi diem', 'ngay so lieu'],
  value: ['value', 'gia tri', 'so lieu', 'ket qua'],
  target: ['target', 'muc tieu', 'chi tieu giao', 'ke hoach nam'],
};

/** Heads that say the surveyor's X and Y: X is north and Y east in Viet Nam, and in programs the other way. */
const AXES: Record<string, 'x' | 'y'> = { x: 'x', y: 'y', 'x m': 'x', 'y m': 'y' };

const byKind = new Map<Kind, Map<string, string>>();

function namesOf(kind: Kind): Map<string, string> {
  const known = byKind.get(kind);
  if (known) return known;
  const names = new Map<string, string>();
  for (const { name } of FIELDS[kind]) {
    for (const word of [name, FIELD_WORDS.vi[name], FIELD_WORDS.en[name]])
      if (word && !names.has(fold(word))) names.set(fold(word), name);
    for (const word of NAMES[name] ?? []) if (!names.has(word)) names.set(word, name);
  }
  byKind.set(kind, names);
  return names;
}

/** The field of each column that its head tells; a field belongs to the first column that names it. */
export function guessColumns(kind: Kind, headers: readonly string[]): Record<string, string> {
  const names = namesOf(kind);
  const columns: Record<string, string> = {};
  const taken = new Set<string>();
  for (const header of headers) {
    const folded = fold(header);
    const field = names.get(folded) ?? names.get(folded.replace(/ (m|do|deg|degrees|wgs84)$/, ''));
    if (field === undefined || taken.has(field)) continue;
    columns[header] = field;
    taken.add(field);
  }
  return columns;
}

/** Columns headed X and Y, which only their values tell apart. */
export function axesIn(headers: readonly string[]): { x: string; y: string } | undefined {
  const of = (axis: 'x' | 'y') => headers.find((header) => AXES[fold(header)] === axis);
  const [x, y] = [of('x'), of('y')];
  return x !== undefined && y !== undefined ? { x, y } : undefined;
}

/** How many fields the heads of a row tell: the row with most is the head of its table. */
export function headlinesIn(kind: Kind, cells: readonly string[]): number {
  return Object.keys(guessColumns(kind, cells)).length + (axesIn(cells) ? 2 : 0);
}
