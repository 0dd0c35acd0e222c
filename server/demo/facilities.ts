/** The data centres: of the nation, of ministries, of enterprises; where such things are built. */
import { dayNumberOf } from '../../data/model/scalars.ts';
import type { Chronicle } from './chronicle.ts';
import type { DemoFigures } from './figures.ts';
import type { Land } from './land.ts';
import { SIMULATED, withoutType } from './names.ts';
import { Random } from './random.ts';

/** Provinces by code, as often as they are chosen. */
const PLACES = '01 01 01 01 01 01 01 79 79 79 79 79 48 48 24 31 75 80 92 56 37 25 40 46'.split(' ');
const ENTERPRISES = ['Viettel', 'VNPT', 'MobiFone', 'FPT', 'CMC'];
const MINISTRIES = [
  ...['Công an', 'Quốc phòng', 'Ngoại giao', 'Nội vụ', 'Tư pháp', 'Tài chính', 'Công Thương'],
  ...['Nông nghiệp và Môi trường', 'Xây dựng', 'Văn hóa, Thể thao và Du lịch', 'Y tế'],
  ...['Khoa học và Công nghệ', 'Giáo dục và Đào tạo', 'Dân tộc và Tôn giáo'],
];
const NATIONAL = 3;
/** Part that was there when the past began. */
const THERE_PART = 0.6;

export function tellDataCentres(
  chronicle: Chronicle,
  land: Land,
  figures: DemoFigures,
  seed: number,
): void {
  const random = new Random(seed, 'data centres');
  const opening = dayNumberOf(figures.from);
  const span = dayNumberOf(figures.to) - opening;
  const wards = wardsByProvince(land);
  const known = PLACES.filter((code) => wards.has(code));
  const places = known.length > 0 ? known : [...wards.keys()];
  const numbers = new Map<string, number>();
  for (let i = 0; i < figures.dataCentres; i++) {
    const ministry = MINISTRIES[i - NATIONAL];
    const owner = i < NATIONAL ? 'national' : ministry ? 'ministry' : 'enterprise';
    const province = owner === 'ministry' ? (places[0] ?? '') : random.pick(places);
    const commune = random.pick(wards.get(province) ?? []);
    const city = withoutType(land.provinces.find(({ code }) => code === province)?.name ?? '');
    const holder =
      owner === 'national'
        ? 'quốc gia'
        : owner === 'ministry'
          ? `Bộ ${ministry ?? ''}`
          : `${random.pick(ENTERPRISES)} ${city}`;
    const number = (numbers.get(holder) ?? 0) + 1;
    numbers.set(holder, number);
    const cells = land.cellsOf(commune);
    const [lon, lat] = land.spot(cells[random.below(cells.length)] ?? 0, random);
    const there = i < figures.dataCentres * THERE_PART;
    const began = there ? opening : opening + random.below(Math.round(span * 0.7));
    const happened = chronicle.add('facility.add', began, {
      ...SIMULATED,
      name: `Trung tâm dữ liệu ${holder}${owner === 'ministry' ? '' : ` ${number}`}`,
      kind: 'data_centre',
      owner,
      lon,
      lat,
      status: there ? 'up' : 'planned',
    });
    if (!there)
      chronicle.change(happened, 'facility.change', began + Math.round(span * 0.25), {
        status: 'up',
      });
  }
}

/** Each province's wards, or its communes where it has no wards. */
function wardsByProvince(land: Land): Map<string, number[]> {
  const byProvince = new Map<string, number[]>();
  for (const { code } of land.provinces) {
    const own = land.communes.flatMap(({ province }, i) =>
      province === code && land.cellsOf(i).length > 0 ? [i] : [],
    );
    const wards = own.filter((i) => land.communes[i]?.type === 'ward');
    if (own.length > 0) byProvince.set(code, wards.length > 0 ? wards : own);
  }
  return byProvince;
}
