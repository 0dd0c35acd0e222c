/**
 * What there is to choose from: a place with a band each. Operators of one band reach equally far, so
 * they are no candidates of their own; they are told apart when the sites are named (plan.ts).
 */
import { BANDS, TECHNOLOGIES, type Band } from '../../data/model/things.ts';
import { bandsOf, type PlanRequest } from '../../data/wire/plans.ts';
import type { Footprint } from '../coverage/reach.ts';
import type { Site } from '../coverage/site.ts';
import type { Place, Places } from './places.ts';

export class Candidates {
  count = 0;
  readonly #places: Places;
  readonly #place: Uint32Array;
  readonly #band: Uint8Array;
  readonly #radiusM: Float64Array;

  /**
   * At each place the band that reaches farthest, for it covers what the others do, and more; all of
   * them where the sites of a band are limited.
   */
  constructor(places: Places, request: PlanRequest, footprint: Footprint) {
    const bands = bandsOf(request).map((band) => BANDS.indexOf(band));
    const all = request.limits.perOperatorBand !== undefined;
    const most = places.count * (all ? bands.length : 1);
    this.#places = places;
    this.#place = new Uint32Array(most);
    this.#band = new Uint8Array(most);
    this.#radiusM = new Float64Array(most);
    const technology = TECHNOLOGIES.indexOf(request.technology);
    for (let index = 0; index < places.count; index++) {
      const place = places.at(index);
      const reaching = bands.map((band) => ({
        band,
        radiusM: footprint(siteAt(place, technology, band), place.surroundings),
      }));
      const farthest = reaching.reduce((a, b) => (b.radiusM > a.radiusM ? b : a));
      for (const { band, radiusM } of all ? reaching : [farthest]) {
        const candidate = this.count++;
        this.#place[candidate] = index;
        this.#band[candidate] = band;
        this.#radiusM[candidate] = radiusM;
      }
    }
  }

  placeOf(candidate: number): Place {
    return this.#places.at(this.#place[candidate] ?? -1);
  }

  bandOf(candidate: number): Band {
    return BANDS[this.#band[candidate] ?? 0] ?? 'b1';
  }

  /** How far it reaches by the method, metres. */
  radiusM(candidate: number): number {
    return this.#radiusM[candidate] ?? 0;
  }
}

/** Any operator's: a reach does not ask whose site it is. */
function siteAt({ lon, lat, heightM }: Place, technology: number, band: number): Site {
  return { lon, lat, operator: 0, technology, band, heightM, azimuth: NaN, beamwidth: NaN };
}
