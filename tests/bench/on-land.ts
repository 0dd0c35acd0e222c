import type { Random } from '../../server/demo/random.ts';
import type { Territory } from '../../server/territory/territory.ts';

/** Somewhere within `degrees` of the middle of a commune, on the land of one: nothing stands elsewhere. */
export function placeOnLand(
  territory: Territory,
  random: Random,
  degrees: number,
): [lon: number, lat: number] {
  for (;;) {
    const [x, y] = territory.centreOf(random.pick(territory.communes).code);
    const lon = x + random.between(-degrees, degrees);
    const lat = y + random.between(-degrees, degrees);
    if (territory.communeAt(lon, lat) !== undefined) return [lon, lat];
  }
}
