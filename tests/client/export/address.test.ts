import { expect, test } from 'vitest';
import { exportAddress } from '../../../client/export/address.ts';
import { ORDINARY } from '../../../client/view/address.ts';

const layers = (shown: object) => ({ ...ORDINARY.layers, ...shown });

test('a file holds what is on the map: the unit, and one technology where only that is shown', () => {
  const both = layers({ stations4g: true });
  expect(exportAddress('stations', 'csv', 'vn', both)).toBe('/api/export/stations.csv');
  expect(exportAddress('stations', 'xlsx', '11', ORDINARY.layers)).toBe(
    '/api/export/stations.xlsx?unit=11&technology=5g',
  );
  expect(exportAddress('hamlets', 'gpkg', '11', ORDINARY.layers)).toBe(
    '/api/export/hamlets.gpkg?unit=11',
  );
});
