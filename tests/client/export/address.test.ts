import { expect, test } from 'vitest';
import { exportAddress } from '../../../client/export/address.ts';
import { ORDINARY } from '../../../client/view/address.ts';

const layers = (shown: object) => ({ ...ORDINARY.layers, ...shown });

test('a file holds what is on the map: the unit, and one technology where only that is shown', () => {
  const all = { operator: '', status: '' } as const;
  const both = layers({ stations4g: true });
  expect(exportAddress('stations', 'csv', 'vn', both, all)).toBe('/api/export/stations.csv');
  expect(exportAddress('stations', 'xlsx', '11', ORDINARY.layers, all)).toBe(
    '/api/export/stations.xlsx?unit=11&technology=5g',
  );
  expect(exportAddress('hamlets', 'gpkg', '11', ORDINARY.layers, all)).toBe(
    '/api/export/hamlets.gpkg?unit=11',
  );
});

test('and stations of the operator and the status that are chosen, which nothing else has', () => {
  const chosen = { operator: 'viettel', status: 'on_air' } as const;
  expect(exportAddress('stations', 'csv', '11', ORDINARY.layers, chosen)).toBe(
    '/api/export/stations.csv?unit=11&operator=viettel&technology=5g&status=on_air',
  );
  for (const kind of ['reports', 'nodes'] as const)
    expect(exportAddress(kind, 'csv', 'vn', ORDINARY.layers, chosen)).toBe(
      `/api/export/${kind}.csv`,
    );
});
