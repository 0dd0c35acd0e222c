import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { Random } from '../../../server/demo/random.ts';
import { unpackGrid } from '../../../server/territory/grid.ts';
import { openPack } from '../../../server/territory/pack.ts';
import { quantile } from '../../bench/bench.ts';
import { syntheticStations } from '../../bench/synthetic.ts';
import { accuracyOf } from './accuracy.ts';

/** The 5G stations on air on 28 July 2025. */
const STATIONS = 12_106;

it('on the communes of the pack the estimates are close to the exact polygons', async () => {
  const territory = openPack(await readFile('data/territory/approximate.pack'));
  const grid = unpackGrid(territory);
  const stations = syntheticStations(grid, STATIONS, 7, ['n41', 'n77', 'n78']);
  const random = new Random(7, 'communes');
  const accuracy = accuracyOf(grid, (code) => territory.geometryOf(code), stations, 120, random);
  // The nation as a whole is held to 0.2 points by the bench; so few communes vary more.
  expect(Math.abs(accuracy.engine - accuracy.exact) * 100).toBeLessThan(0.5);
  expect(quantile(accuracy.points, 0.5)).toBeLessThanOrEqual(0.5);
  expect(quantile(accuracy.points, 0.9)).toBeLessThanOrEqual(1.5);
}, 240_000);
