/** Coverage of a commune as Turf's polygons give it: what the engine's cells are held against. */
import { area, bbox, circle, feature, featureCollection, intersect, union } from '@turf/turf';
import type { Feature, MultiPolygon, Polygon } from 'geojson';

export interface Circle {
  lon: number;
  lat: number;
  radiusM: number;
}

/** Corners of the polygon that stands for a circle; it has the circle's area. */
const CORNERS = 32;
const SAME_AREA = Math.sqrt((2 * Math.PI) / (CORNERS * Math.sin((2 * Math.PI) / CORNERS)));

/**
 * Share of an area (0–1) that lies in at least one circle: the area of the circles' union cut with
 * it. Where people are spread evenly this is the share of people.
 */
export function exactShare(geometry: Polygon | MultiPolygon, circles: readonly Circle[]): number {
  const ground: Feature<Polygon | MultiPolygon> = feature(geometry);
  const reaching = near(ground, circles).map(({ lon, lat, radiusM }) =>
    circle([lon, lat], (radiusM * SAME_AREA) / 1000, { steps: CORNERS }),
  );
  const covered = reaching.length > 1 ? union(featureCollection(reaching)) : reaching[0];
  const inside = covered && intersect(featureCollection([covered, ground]));
  return inside ? area(inside) / area(ground) : 0;
}

/** The circles that can reach an area, by its box. */
function near(ground: Feature<Polygon | MultiPolygon>, circles: readonly Circle[]): Circle[] {
  const [west, south, east, north] = bbox(ground);
  return circles.filter(({ lon, lat, radiusM }) => {
    const margin = radiusM / 100_000; // at least that many degrees, as far north as 24°
    return (
      lon > west - margin && lon < east + margin && lat > south - margin && lat < north + margin
    );
  });
}
