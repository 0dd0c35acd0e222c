/**
 * The borders of the 63 former provinces for the map: `npm --prefix data/pipeline run former` writes
 * data/territory/former-provinces.json from the same shapes as the approximate territory. Rounded to a
 * thousandth of a degree, 110 m, which is finer than they are.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { formerProvinces } from '../country/provinces.ts';
import { areaOf, landOf } from './formerShapes.ts';
import { ringArea, type Point } from './plane.ts';
import { readFormerShapes } from './sources.ts';

const FILE = fileURLToPath(new URL('../territory/former-provinces.json', import.meta.url));
const STEPS_PER_DEGREE = 1_000;
/** Smaller islands are no help in telling provinces apart, square kilometres. */
const LEAST_KM2 = 2;

interface FormerBorders {
  name: string;
  /** Where its name stands, in steps: the centre of its largest piece. */
  label: [number, number];
  /** Rings in steps: the first point, then the way from each to the next. */
  rings: number[][];
}

const lands = landOf(readFormerShapes());
const borders = formerProvinces.map(({ name }): FormerBorders => {
  const pieces = lands
    .filter(({ former }) => former === name)
    .map(({ ring }) => ({ ring, km2: areaOf(ring) }))
    .sort((a, b) => b.km2 - a.km2);
  const kept = pieces.filter(({ km2 }, index) => index === 0 || km2 >= LEAST_KM2);
  return {
    name,
    label: centreOf(kept[0]?.ring ?? []),
    rings: kept.map(({ ring }) => inSteps(ring)),
  };
});
const text = borders.map((one) => JSON.stringify(one)).join(',\n');
writeFileSync(FILE, `[\n${text}\n]\n`);
console.log(`${borders.length} former provinces, ${Math.round(text.length / 1024)} KB`);

function inSteps(ring: readonly Point[]): number[] {
  const steps: number[] = [];
  let [x, y] = [0, 0];
  for (const [lon, lat] of ring) {
    const [nextX, nextY] = [Math.round(lon * STEPS_PER_DEGREE), Math.round(lat * STEPS_PER_DEGREE)];
    if (nextX === x && nextY === y) continue;
    steps.push(nextX - x, nextY - y);
    [x, y] = [nextX, nextY];
  }
  return steps;
}

function centreOf(ring: readonly Point[]): [number, number] {
  let [x, y] = [0, 0];
  ring.forEach(([lon, lat], i) => {
    const [nextLon, nextLat] = ring[(i + 1) % ring.length] ?? [lon, lat];
    const part = lon * nextLat - nextLon * lat;
    x += (lon + nextLon) * part;
    y += (lat + nextLat) * part;
  });
  const scale = STEPS_PER_DEGREE / (6 * ringArea(ring));
  return [Math.round(x * scale), Math.round(y * scale)];
}
