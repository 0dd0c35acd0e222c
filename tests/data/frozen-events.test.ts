/**
 * Events as they were written in each format, for ever. A log lives longer than the code that wrote
 * it: when the format changes, a new block is added here and the old ones still must be read.
 */
import { describe, expect, it } from 'vitest';
import { applyEvent } from '../../data/log/apply.ts';
import {
  EVENT_FORMAT,
  EVENT_TYPES,
  upcast,
  type Event,
  type EventType,
} from '../../data/log/event.ts';
import { emptyCountry } from '../../data/model/country.ts';
import type { Fields } from '../../data/model/table.ts';

interface Written {
  type: EventType;
  id: number;
  version: number;
  data: Fields;
}

const origin = { source: 'mô phỏng', simulated: true };
const place = { lon: 102.46, lat: 22.18 };

const FORMAT_1: Written[] = [
  { type: 'territory.adopted', id: 0, version: 1, data: { hash: 'a1', kind: 'approximate' } },
  {
    type: 'station.add',
    id: 2,
    version: 1,
    data: {
      ...place,
      name: 'Trạm Mường Nhé 1',
      operator: 'viettel',
      technology: '5g',
      band: 'n28',
      heightM: 45,
      azimuth: 120,
      beamwidth: 65,
      status: 'planned',
      plannedFor: '2025-12-31',
      ...origin,
    },
  },
  {
    type: 'station.change',
    id: 2,
    version: 2,
    data: {
      status: 'on_air',
      since: '2025-08-02',
      acceptedOn: '2025-08-20',
      document: 'BB-12',
      plannedFor: null,
      approvedBy: 'duyet-11',
    },
  },
  {
    type: 'hamlet.add',
    id: 4,
    version: 1,
    data: {
      ...place,
      name: 'Nậm Vì',
      households: 41,
      people: 187,
      gridPower: false,
      speciallyDisadvantaged: true,
      deadline: '2025-11-30',
      status: 'uncovered',
      ...origin,
    },
  },
  { type: 'hamlet.change', id: 4, version: 2, data: { people: 190 } },
  {
    type: 'hamlet.resolve',
    id: 4,
    version: 3,
    data: { solution: 'station', resolvedOn: '2025-09-01' },
  },
  {
    type: 'node.add',
    id: 7,
    version: 1,
    data: {
      ...place,
      name: 'TSLCD Điện Biên',
      level: 'provincial',
      unit: '11',
      status: 'up',
      ...origin,
    },
  },
  {
    type: 'node.add',
    id: 8,
    version: 1,
    data: {
      ...place,
      name: 'TSLCD Mường Nhé',
      level: 'communal',
      unit: '03158',
      status: 'planned',
      ...origin,
    },
  },
  { type: 'node.change', id: 8, version: 2, data: { status: 'up' } },
  {
    type: 'link.add',
    id: 10,
    version: 1,
    data: { from: 7, to: 8, provider: 'VNPT', bandwidthMbps: 200, status: 'up', ...origin },
  },
  { type: 'link.change', id: 10, version: 2, data: { status: 'down' } },
  { type: 'link.remove', id: 10, version: 3, data: {} },
  { type: 'node.remove', id: 8, version: 3, data: {} },
  {
    type: 'facility.add',
    id: 14,
    version: 1,
    data: {
      ...place,
      name: 'TTDL quốc gia số 1',
      kind: 'data_centre',
      owner: 'national',
      status: 'up',
      ...origin,
    },
  },
  { type: 'facility.change', id: 14, version: 2, data: { status: 'down' } },
  { type: 'facility.remove', id: 14, version: 3, data: {} },
  {
    type: 'indicator.report',
    id: 17,
    version: 1,
    data: {
      indicator: 'dvc.online',
      unit: 'vn',
      day: '2025-06-30',
      value: 39.51,
      target: 80,
      source: 'TTXVN 2025-07-27',
      simulated: false,
    },
  },
  { type: 'hamlet.remove', id: 4, version: 4, data: {} },
  {
    type: 'coverage.configure',
    id: -1,
    version: 1,
    data: {
      linkBudget:
        '{"service":"7/1","rsrpThresholdDbm":{"4g":-118,"5g":-108},"edgeProbability":0.95,' +
        '"place":"indoor","building":"high_loss","terminalHeightM":1.5,"terminalPowerDbm":26,' +
        '"terminalNoiseFigureDb":9,"stationNoiseFigureDb":5,"bodyLossDb":3,' +
        '"interferenceMarginDb":3,"bandwidthShare":0.5,' +
        '"powerDbm":{"b1":46,"b3":46,"b8":46,"b28":46,"n28":49,"n41":53,"n77":53,"n78":53},' +
        '"gainDbi":{"b1":17,"b3":17,"b8":15,"b28":15,"n28":15,"n41":25,"n77":25,"n78":25},' +
        '"bandwidthMHz":{"b1":15,"b3":20,"b8":10,"b28":10,"n28":10,"n41":100,"n77":100,"n78":100},' +
        '"subcarrierKHz":{"b1":15,"b3":15,"b8":15,"b28":15,"n28":15,"n41":30,"n77":30,"n78":30}}',
    },
  },
  {
    type: 'population.adopted',
    id: -2,
    version: 1,
    data: { hash: 'b2', territory: 'a1', source: 'WorldPop 2020' },
  },
  {
    type: 'report.add',
    id: 22,
    version: 1,
    data: {
      ...place,
      approximatePlace: false,
      operator: 'viettel',
      technology: '5g',
      status: 'received',
      receivedOn: '2025-09-02',
      simulated: false,
      source: '',
    },
  },
  {
    type: 'report.change',
    id: 22,
    version: 2,
    data: { status: 'checking', answeredOn: '2025-09-04' },
  },
  {
    type: 'programme.add',
    id: 24,
    version: 1,
    data: {
      ...{ name: 'Chiến dịch 45 ngày', nameEn: 'The 45 days', unit: '01', responsible: 'UBND' },
      ...{ decision: 'QĐ 12', starts: '2025-07-25', due: '2025-09-07' },
      ...{ indicator: 'hanoi.5g.communes', ...origin },
    },
  },
  { type: 'programme.change', id: 24, version: 2, data: { due: null } },
  {
    type: 'duty.add',
    id: 26,
    version: 1,
    data: {
      ...{ programme: 24, unit: '00004', name: 'Bổ sung 5G', responsible: 'UBND phường' },
      ...{ due: '2025-09-07', status: 'planned', note: 'chờ mặt bằng', ...origin },
    },
  },
  { type: 'duty.change', id: 26, version: 2, data: { status: 'done', doneOn: '2025-09-01' } },
  {
    type: 'duty.add',
    id: 28,
    version: 1,
    data: {
      ...{ programme: 24, unit: '00008', name: 'Bổ sung 5G', responsible: 'UBND phường' },
      ...{ due: '2025-09-07', status: 'doing', ...origin },
    },
  },
  { type: 'duty.remove', id: 28, version: 2, data: {} },
  {
    type: 'definition.add',
    id: 30,
    version: 1,
    data: {
      ...{ indicatorCode: 'xa.internet', name: 'Xã có điểm Internet', unit: 'vn' },
      ...{ scope: 'provinces', measure: 'communes', direction: 'more', group: 'services' },
      ...{ every: 'month', starts: '2025-08-01', target: 3321, ...origin },
    },
  },
  {
    type: 'definition.change',
    id: 30,
    version: 2,
    data: { nameEn: 'Communes with an access point', targetDate: '2026-12-31' },
  },
  { type: 'terrain.adopted', id: -3, version: 1, data: { hash: 'c3', source: 'Copernicus' } },
];

function read(format: number, written: Written[]): Event[] {
  return written.map(({ type, id, version, data }, index) => ({
    ...upcast(format, type, data),
    seq: index + 1,
    at: '2025-07-28T03:00:00.000Z',
    by: 'frozen',
    type,
    id,
    version,
    effective: '2025-07-28',
  }));
}

/** A thing that was removed and restored: added again under its own id, with the next version. */
const RESTORED: Written = {
  type: 'station.add',
  id: 2,
  version: 4,
  data: {
    ...place,
    name: 'Trạm Mường Nhé 1',
    operator: 'viettel',
    technology: '5g',
    band: 'n28',
    heightM: 45,
    status: 'on_air',
    since: '2025-08-02',
    ...origin,
  },
};

describe('events of format 1', () => {
  it('cover every type but the removals that end the story below', () => {
    const types = new Set(FORMAT_1.map(({ type }) => type));
    expect(EVENT_TYPES.filter((type) => !types.has(type))).toEqual([
      'station.remove',
      'indicator.remove',
      'programme.remove',
      'definition.remove',
    ]);
  });

  it('still make the country that they made', () => {
    const country = emptyCountry();
    for (const event of read(1, FORMAT_1)) applyEvent(country, event);
    const { stations, hamlets, nodes, links, facilities, indicators, reports } = country.tables;
    expect(country.territory).toEqual({
      hash: 'a1',
      kind: 'approximate',
      version: 1,
      seq: 1,
    });
    expect(stations.record(0)).toEqual({
      id: 2,
      version: 2,
      name: 'Trạm Mường Nhé 1',
      operator: 'viettel',
      technology: '5g',
      band: 'n28',
      ...place,
      heightM: 45,
      azimuth: 120,
      beamwidth: 65,
      status: 'on_air',
      since: '2025-08-02',
      acceptedOn: '2025-08-20',
      document: 'BB-12',
      ...origin,
    });
    expect([hamlets.count, nodes.count, links.count, facilities.count]).toEqual([0, 1, 0, 0]);
    expect(indicators.record(0)).toMatchObject({
      indicator: 'dvc.online',
      value: 39.51,
      target: 80,
    });
    expect(reports.record(0)).toEqual({
      id: 22,
      version: 2,
      ...place,
      approximatePlace: false,
      operator: 'viettel',
      technology: '5g',
      status: 'checking',
      receivedOn: '2025-09-02',
      answeredOn: '2025-09-04',
      simulated: false,
      source: '',
    });
    const { programmes, duties } = country.tables;
    expect(programmes.record(0)).toEqual({
      ...{ id: 24, version: 2, name: 'Chiến dịch 45 ngày', nameEn: 'The 45 days', unit: '01' },
      ...{ responsible: 'UBND', decision: 'QĐ 12', starts: '2025-07-25' },
      ...{ indicator: 'hanoi.5g.communes', ...origin },
    });
    expect([duties.count, duties.record(0)]).toEqual([
      1,
      {
        ...{ id: 26, version: 2, programme: 24, unit: '00004', name: 'Bổ sung 5G' },
        ...{ responsible: 'UBND phường', due: '2025-09-07', status: 'done' },
        ...{ doneOn: '2025-09-01', note: 'chờ mặt bằng', ...origin },
      },
    ]);
    expect(country.tables.definitions.record(0)).toEqual({
      ...{ id: 30, version: 2, indicatorCode: 'xa.internet', name: 'Xã có điểm Internet' },
      ...{ nameEn: 'Communes with an access point', unit: 'vn', scope: 'provinces' },
      ...{ measure: 'communes', direction: 'more', group: 'services', every: 'month' },
      ...{ starts: '2025-08-01', target: 3321, targetDate: '2026-12-31', ...origin },
    });
    expect(country.coverage).toMatchObject({
      version: 1,
      linkBudget: { service: '7/1', edgeProbability: 0.95, rsrpThresholdDbm: { '5g': -108 } },
    });
    expect(country.population).toMatchObject({ hash: 'b2', source: 'WorldPop 2020' });
    expect(country.terrain).toMatchObject({ hash: 'c3', source: 'Copernicus' });
    const figure = indicators.ids[0] ?? 0;
    for (const last of read(1, [
      { type: 'station.remove', id: 2, version: 3, data: {} },
      { type: 'indicator.remove', id: figure, version: 2, data: {} },
      { type: 'programme.remove', id: 24, version: 3, data: {} },
    ]))
      applyEvent(country, { ...last, seq: country.seq + 1 });
    expect([stations.count, indicators.count]).toEqual([0, 0]);
    const [restored] = read(1, [RESTORED]);
    if (restored) applyEvent(country, { ...restored, seq: country.seq + 1 });
    expect(stations.record(0)).toEqual({ id: 2, version: 4, ...RESTORED.data });
  });
});

describe('an event of a format that nobody wrote', () => {
  it('is refused, not guessed at', () => {
    expect(() => upcast(EVENT_FORMAT + 1, 'station.add', {})).toThrow(
      /format 2; this version reads 1/,
    );
  });
});
