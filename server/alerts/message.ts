/** What a webhook is told of an alert: the alert itself, and its sentence in both languages. */
import { sayAlert } from '../../data/alerts/saying.ts';
import type { News } from '../../data/alerts/course.ts';
import { NATION } from '../../data/model/unit.ts';
import type { AlertMessage } from '../../data/wire/alerts.ts';
import type { Ground } from '../country/ground.ts';
import type { KeptAlert } from './store.ts';

export function messageOf(
  type: News,
  { standing, ...alert }: KeptAlert,
  names: Record<'vi' | 'en', (unit: string) => string>,
  at: number,
): AlertMessage {
  void standing;
  const text = sayAlert(alert, names.vi, 'vi');
  const textEn = sayAlert(alert, names.en, 'en');
  return { type, timestamp: new Date(at).toISOString(), data: { alert, text, textEn } };
}

/** A message that says nothing but that it arrives. */
export function testMessage(at: number): AlertMessage {
  const text = 'Phủ Sóng thử gửi tới nơi nhận cảnh báo này.';
  const textEn = 'A test of this webhook by Phủ Sóng.';
  return {
    type: 'test',
    timestamp: new Date(at).toISOString(),
    data: { alert: null, text, textEn },
  };
}

/** Names of units in both languages, a commune's with its province's. */
export function namesOn({ territory }: Ground): Record<'vi' | 'en', (unit: string) => string> {
  const provinces = new Map(territory.provinces.map((unit) => [unit.code, unit]));
  const communes = new Map(territory.communes.map((unit) => [unit.code, unit]));
  const naming =
    (key: 'name' | 'nameEn', nation: string) =>
    (unit: string): string => {
      if (unit === NATION) return nation;
      const commune = communes.get(unit);
      if (!commune) return provinces.get(unit)?.[key] ?? unit;
      return `${commune[key]}, ${provinces.get(commune.province)?.[key] ?? commune.province}`;
    };
  return { vi: naming('name', 'Việt Nam'), en: naming('nameEn', 'Viet Nam') };
}
