/** Going to a thing: where it is, and the commune that becomes the open unit. */
import { TABLE_OF } from '../../data/log/event.ts';
import type { Country } from '../../data/model/country.ts';
import { communeCodeOf } from '../../data/model/unit.ts';
import { live } from '../live/live.svelte.ts';
import { view, type Camera, type OpenThing } from './view.svelte.ts';

/** How near to look at each. */
const ZOOMS = { station: 13, hamlet: 12, node: 11, link: 8.5, facility: 13, report: 13 } as const;

export interface Whereabouts extends Camera {
  /** Code of its commune; undefined outside of any, and for a link. */
  commune: string | undefined;
}

/** Where a thing is; undefined when there is no such thing or its place is not known. */
export function whereaboutsOf(
  tables: Country['tables'],
  { noun, id }: OpenThing,
): Whereabouts | undefined {
  // What is a unit's stands nowhere.
  if (noun === 'programme' || noun === 'duty' || noun === 'definition') return undefined;
  const zoom = ZOOMS[noun];
  if (noun === 'link') {
    const { links } = tables;
    const row = links.rowOf(id);
    if (row === undefined) return undefined;
    const ends = [links.columns.from[row], links.columns.to[row]]
      .map((node) => whereaboutsOf(tables, { noun: 'node', id: node ?? 0 }))
      .filter((end) => end !== undefined);
    if (ends.length === 0) return undefined;
    const middle = (of: (end: Camera) => number): number =>
      ends.reduce((sum, end) => sum + of(end), 0) / ends.length;
    return {
      lon: middle((end) => end.lon),
      lat: middle((end) => end.lat),
      zoom,
      commune: undefined,
    };
  }
  const table = tables[TABLE_OF[noun]];
  const row = table.rowOf(id);
  if (row === undefined) return undefined;
  const [lon = NaN, lat = NaN] = table.columns.position.subarray(row * 2, row * 2 + 2);
  if (Number.isNaN(lon) || Number.isNaN(lat)) return undefined;
  const commune = table.columns.commune[row] ?? 0;
  return { lon, lat, zoom, commune: commune > 0 ? communeCodeOf(commune) : undefined };
}

/** Opens a thing where it stands, with its commune around it. */
export function goTo(thing: OpenThing): void {
  const found = live.country && whereaboutsOf(live.country.tables, thing);
  if (!found) {
    view.openThing(thing);
    return;
  }
  const { commune, ...camera } = found;
  if (commune !== undefined && live.units.has(commune)) view.unit = commune;
  view.openThing(thing, camera);
}
