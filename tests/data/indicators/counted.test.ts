import { describe, expect, test } from 'vitest';
import { countByUnit } from '../../../data/indicators/counted.ts';
import { dayNumberOf } from '../../../data/model/scalars.ts';
import { Story, UNITS } from '../../client/live/small-country.ts';

const story = new Story();
const place = { lon: 105.8, lat: 21 };
story.station();
story.station({ technology: '4g', band: 'b3' });
story.station({ status: 'down' });
story.hamlet({ speciallyDisadvantaged: true });
story.hamlet({ speciallyDisadvantaged: false });
const node = { ...place, name: 'Nút', level: 'communal', unit: '00004', commune: '00004' };
story.happens('node.add', 0, { ...node, status: 'up' });
story.happens('node.add', 0, { ...node, status: 'down' });
story.happens('node.add', 0, { ...node, status: 'up', level: 'provincial' });
const facility = { ...place, name: 'Trung tâm', owner: 'national', commune: '00008' };
story.happens('facility.add', 0, { ...facility, kind: 'data_centre', status: 'up' });
story.happens('facility.add', 0, { ...facility, kind: 'data_centre', status: 'planned' });
story.happens('facility.add', 0, { ...facility, kind: 'exchange', status: 'up' });
for (const [receivedOn, status] of [
  ['2025-07-01', 'received'],
  ['2025-06-01', 'checking'],
  ['2025-05-01', 'solved'],
])
  story.happens('report.add', 0, { ...place, commune: '00004', receivedOn, status });

const figures = countByUnit(
  story.country,
  (commune) => UNITS.get(commune)?.parent ?? undefined,
  dayNumberOf('2025-07-11'),
);

describe('what the country says of itself', () => {
  test('is counted where it stands, and in the province and the nation around it', () => {
    expect(figures.get('00004')).toEqual({
      '5g.stations': 1,
      'hamlets.uncovered': 0,
      'hamlets.uncovered.hard': 0,
      'tslcd.communes': 1,
      datacentres: 0,
      'reports.open': 2,
      'reports.oldest': 10,
    });
    expect(figures.get('01')).toMatchObject({ '5g.stations': 1, datacentres: 1 });
    expect(figures.get('11')).toMatchObject({
      ...{ 'hamlets.uncovered': 2, 'hamlets.uncovered.hard': 1, 'reports.oldest': null },
    });
    expect(figures.get('vn')).toMatchObject({
      ...{ '5g.stations': 1, 'hamlets.uncovered': 2, 'tslcd.communes': 1, 'reports.open': 2 },
    });
  });

  test('leaves out units in which there is nothing', () => {
    expect([...figures.keys()].sort()).toEqual(['00004', '00008', '01', '03127', '11', 'vn']);
  });
});
