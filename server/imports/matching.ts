/**
 * Which thing a row is about: the one whose id it gives, else the one that is called the same in the
 * same place of the register; and what stands so near that it is perhaps the same.
 */
import { TABLE_OF } from '../../data/log/event.ts';
import { NOUN_OF, type Kind } from '../../data/imports/kinds.ts';
import type { Reason } from '../../data/imports/reasons.ts';
import type { Country } from '../../data/model/country.ts';
import type { Fields, Table } from '../../data/model/table.ts';
import type { Ground } from '../country/ground.ts';

/** What stands nearer than this to another of its like is perhaps the same, metres. */
const NEAR_M = 50;
/** Side of the squares in which neighbours are looked for, degrees: a little more than `NEAR_M`. */
const SQUARE = 0.0005;
const METRES_PER_DEGREE = 111_320;

type Place = { lon: number; lat: number };
/** A thing that is there, or a row before. */
type Neighbour = Place & { like: string } & ({ id: number } | { row: number });

export type Match = { row: number } | { reason: Reason } | 'none';

export class Matcher {
  readonly #kind: Kind;
  readonly #table: Table;
  readonly #ground: Ground | undefined;
  /** Rows of the table by what things are called. */
  readonly #called = new Map<string, number[]>();
  readonly #squares = new Map<string, Neighbour[]>();
  /** Rows of the file, by the thing that they change and by what they are called. */
  readonly #changing = new Map<number, number>();
  readonly #adding = new Map<string, { row: number; place: Place | undefined }[]>();

  constructor(kind: Kind, country: Country, ground: Ground | undefined) {
    this.#kind = kind;
    this.#table = country.tables[TABLE_OF[NOUN_OF[kind]]];
    this.#ground = ground;
    for (let row = 0; row < this.#table.count; row++) {
      const record = this.#table.record(row);
      const name = this.#nameOf(record);
      const rows = this.#called.get(name);
      if (rows) rows.push(row);
      else this.#called.set(name, [row]);
      const place = placeOf(record);
      if (place) this.#settle({ ...place, like: likeOf(kind, record), id: record.id });
    }
  }

  /** The thing that a row is about. */
  find(fields: Fields): Match {
    const { id } = fields;
    if (typeof id === 'number') {
      const row = this.#table.rowOf(id);
      return row === undefined
        ? { reason: { code: 'not_found', field: 'id', value: String(id), about: id } }
        : { row };
    }
    let rows = this.#called.get(this.#nameOf(fields)) ?? [];
    // Several of one name are told apart by technology and band, then by where they stand.
    for (const field of ['technology', 'band'] as const)
      if (rows.length > 1 && fields[field] !== undefined)
        rows = rows.filter((row) => this.#table.record(row)[field] === fields[field]);
    if (rows.length > 1) {
      const place = placeOf(fields);
      const near = rows.filter((row) => {
        const other = placeOf(this.#table.record(row));
        return place && other && metresBetween(place, other) < NEAR_M;
      });
      if (near.length !== 1 && place && near.length === 0) return 'none';
      rows = near;
      if (rows.length !== 1)
        return { reason: { code: 'ambiguous', field: 'name', about: near.length } };
    }
    const [row] = rows;
    return row === undefined ? 'none' : { row };
  }

  /** The row of the file that is about the same thing already; notes this one where there is none. */
  repeats(row: number, id: number | undefined, fields: Fields): number | undefined {
    if (id !== undefined) {
      const before = this.#changing.get(id);
      if (before === undefined) this.#changing.set(id, row);
      return before;
    }
    const name = `${this.#nameOf(fields)}|${String(fields['technology'])}|${String(fields['band'])}`;
    const place = placeOf(fields);
    const others = this.#adding.get(name) ?? [];
    const same = others.find(
      (other) =>
        place === undefined ||
        (other.place !== undefined && metresBetween(place, other.place) < NEAR_M),
    );
    if (same) return same.row;
    this.#adding.set(name, [...others, { row, place }]);
    return undefined;
  }

  /** What of its like stands near a new thing, in the country or above it in the file; settles it. */
  near(row: number, fields: Fields): Reason | undefined {
    const place = placeOf(fields);
    if (!place) return undefined;
    const like = likeOf(this.#kind, fields);
    const [x, y] = squareOf(place);
    let found: Neighbour | undefined;
    let nearest = NEAR_M;
    for (let dx = -1; dx <= 1; dx++)
      for (let dy = -1; dy <= 1; dy++)
        for (const other of this.#squares.get(`${x + dx} ${y + dy}`) ?? []) {
          const metres = other.like === like ? metresBetween(place, other) : Infinity;
          if (metres >= nearest) continue;
          nearest = metres;
          found = other;
        }
    this.#settle({ ...place, like, row });
    if (!found) return undefined;
    return 'id' in found
      ? { code: 'near', about: found.id }
      : { code: 'near_row', about: found.row };
  }

  #settle(neighbour: Neighbour): void {
    const key = squareOf(neighbour).join(' ');
    const there = this.#squares.get(key);
    if (there) there.push(neighbour);
    else this.#squares.set(key, [neighbour]);
  }

  /** What a thing is called where nobody else of its kind may be called so. */
  #nameOf(fields: Fields): string {
    const name = String(fields['name'] ?? '')
      .normalize('NFC')
      .trim()
      .toLocaleLowerCase('vi');
    switch (this.#kind) {
      case 'stations':
        return `${name}|${String(fields['operator'])}`;
      case 'hamlets': {
        const place = placeOf(fields);
        const commune = place && this.#ground?.communeAt(place.lon, place.lat);
        return `${name}|${commune ?? ''}`;
      }
      case 'nodes':
        return `${name}|${String(fields['unit'])}`;
      case 'facilities':
        return `${name}|${String(fields['kind'])}`;
      case 'links':
        return `${String(fields['from'])}|${String(fields['to'])}`;
      case 'indicators':
        return `${String(fields['indicator'])}|${String(fields['unit'])}|${String(fields['day'])}`;
    }
  }
}

export function metresBetween(a: Place, b: Place): number {
  const middle = ((a.lat + b.lat) / 2) * (Math.PI / 180);
  return Math.hypot((a.lon - b.lon) * Math.cos(middle), a.lat - b.lat) * METRES_PER_DEGREE;
}

export function placeOf({ lon, lat }: Fields): Place | undefined {
  return typeof lon === 'number' && typeof lat === 'number' ? { lon, lat } : undefined;
}

/** Only things of one likeness can be the same: of one operator and technology, where they have them. */
function likeOf(kind: Kind, fields: Fields): string {
  return kind === 'stations' ? `${String(fields['operator'])} ${String(fields['technology'])}` : '';
}

function squareOf({ lon, lat }: Place): [number, number] {
  return [Math.floor(lon / SQUARE), Math.floor(lat / SQUARE)];
}
