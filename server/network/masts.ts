/**
 * Communes of which most covered people have their signal from one mast only, of whatever operator and
 * technology: what stands at one place shares its power. One pass over the footprints of all stations
 * on air notes for each cell the one mast that reaches it, or that several do. In slices: the whole
 * country takes a second or two.
 */
import { peopleIn } from '../../data/model/estimate.ts';
import type { Table } from '../../data/model/table.ts';
import type { Ground } from '../country/ground.ts';
import type { Coverage } from '../coverage/engine.ts';
import { siteIn } from '../coverage/site.ts';
import { inSlices, othersTurn } from '../progress/slices.ts';

/** The mast of a commune. */
export interface Mast {
  commune: string;
  /** Ids of the stations on it. */
  stations: number[];
  lon: number;
  lat: number;
  /** People of the commune with any signal, and those of them who have it from this mast only. */
  covered: number;
  onMast: number;
}

const NOBODY = -1;
const SEVERAL = -2;
/** Stations within about eleven metres stand on one mast. */
const PLACES_A_DEGREE = 1e4;
/** Cells that are looked at in one slice at most. */
const CELLS = 200_000;

export async function lonelyMasts(
  coverage: Coverage,
  ground: Ground,
  stations: Table<'stations'>,
  tell: (share: number) => void,
): Promise<Mast[]> {
  const { field } = coverage;
  const owner = new Int32Array(field.count).fill(NOBODY);
  const masts = mastsOf(stations);
  await othersTurn();
  await inSlices(
    [...masts.entries()],
    ([mast, { ids }]) => {
      for (const id of ids) {
        // It may have gone while others had their turn.
        const site = siteIn(stations, stations.rowOf(id));
        if (!site) continue;
        const count = coverage.reach(site);
        for (let i = 0; i < count; i++) {
          const cell = field.found[i] ?? 0;
          const before = owner[cell] ?? NOBODY;
          if (before === NOBODY) owner[cell] = mast;
          else if (before !== mast) owner[cell] = SEVERAL;
        }
      }
    },
    (share) => tell(0.95 * share),
  );
  return most(await peopleOnMasts(owner, coverage), { coverage, ground, masts });
}

interface Place {
  ids: number[];
  lon: number;
  lat: number;
}

/** Stations on air by where they stand. */
function mastsOf(stations: Table<'stations'>): Place[] {
  const masts = new Map<string, Place>();
  for (let row = 0; row < stations.count; row++) {
    const site = siteIn(stations, row);
    if (!site) continue;
    const { lon, lat } = site;
    const key = `${Math.round(lon * PLACES_A_DEGREE)} ${Math.round(lat * PLACES_A_DEGREE)}`;
    const id = stations.ids[row] ?? 0;
    const known = masts.get(key);
    if (known) known.ids.push(id);
    else masts.set(key, { ids: [id], lon, lat });
  }
  return [...masts.values()];
}

/** By commune (its index) the people who hang on each mast alone. */
async function peopleOnMasts(
  owner: Int32Array,
  { field }: Coverage,
): Promise<Map<number, Map<number, number>>> {
  const people = new Map<number, Map<number, number>>();
  for (let from = 0; from < field.count; from += CELLS) {
    for (let cell = from; cell < Math.min(field.count, from + CELLS); cell++) {
      const mast = owner[cell] ?? NOBODY;
      const here = field.people[cell] ?? 0;
      if (mast < 0 || here === 0) continue;
      const commune = field.commune[cell] ?? 0;
      const known = people.get(commune);
      if (known) known.set(mast, (known.get(mast) ?? 0) + here);
      else people.set(commune, new Map([[mast, here]]));
    }
    await othersTurn();
  }
  return people;
}

/** The mast of each commune on which most of its covered people hang. */
function most(
  people: ReadonlyMap<number, ReadonlyMap<number, number>>,
  { coverage, ground, masts }: { coverage: Coverage; ground: Ground; masts: readonly Place[] },
): Mast[] {
  const found: Mast[] = [];
  for (const [index, byMast] of people) {
    const commune = ground.grid.communes[index];
    if (commune === undefined) continue;
    const covered = peopleIn(coverage.row(commune) ?? [], 'covered');
    for (const [mast, onMast] of byMast) {
      const place = masts[mast];
      // More than half: there is at most one.
      if (!place || onMast * 2 <= covered) continue;
      const { ids: stations, lon, lat } = place;
      found.push({ commune, stations, lon, lat, covered, onMast });
    }
  }
  return found;
}
