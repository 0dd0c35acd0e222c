/** The borders of the 63 former provinces as the map takes them, each with the name of its successor. */
import type { FeatureCollection, MultiPolygon, Point } from 'geojson';
import { formerProvinces } from '../../data/country/provinces.ts';

/** As `data/pipeline/formerBorders.ts` writes them. */
export interface FormerBorders {
  name: string;
  /** Where its name stands, in thousandths of a degree. */
  label: number[];
  /** Rings in thousandths of a degree: the first point, then the way from each to the next. */
  rings: number[][];
}

const STEPS_PER_DEGREE = 1_000;

/**
 * Borders as polygons, and a point for each name.
 * @param said what stands there of a former province and the code of the province that it is part of now
 */
export function formerFeatures(
  borders: readonly FormerBorders[],
  said: (former: string, successor: string) => string,
): FeatureCollection<MultiPolygon | Point, { name: string }> {
  return {
    type: 'FeatureCollection',
    features: borders.flatMap(({ name, label, rings }) => {
      const successor = formerProvinces.find((former) => former.name === name)?.successor ?? '';
      const properties = { name: said(name, successor) };
      const coordinates = rings.map((ring) => [degreesOf(ring)]);
      const [x = NaN, y = NaN] = label;
      const at = [x / STEPS_PER_DEGREE, y / STEPS_PER_DEGREE];
      return [
        { type: 'Feature', properties, geometry: { type: 'MultiPolygon', coordinates } },
        { type: 'Feature', properties, geometry: { type: 'Point', coordinates: at } },
      ] as const;
    }),
  };
}

function degreesOf(steps: readonly number[]): number[][] {
  const ring: number[][] = [];
  let [x, y] = [0, 0];
  for (let i = 0; i < steps.length; i += 2) {
    x += steps[i] ?? 0;
    y += steps[i + 1] ?? 0;
    ring.push([x / STEPS_PER_DEGREE, y / STEPS_PER_DEGREE]);
  }
  const [first] = ring;
  return first ? [...ring, first] : ring;
}
