import { describe, expect, test } from 'vitest';
import { storyOf } from '../../../client/panel/thing.ts';
import type { OpenThing } from '../../../client/view/view.svelte.ts';
import { en } from '../../../client/words/en.ts';
import { vi } from '../../../client/words/vi.ts';
import { Story } from '../live/small-country.ts';

function told(story: Story, thing: OpenThing, language: 'vi' | 'en' = 'vi') {
  const found = storyOf(story.country.tables, thing, language === 'vi' ? vi : en, language, {
    unitNamed: (code) => `đơn vị ${code}`,
    nodeNamed: (id) => `nút ${id}`,
    programmeNamed: (id) => `chương trình ${id}`,
  });
  return (
    found && { ...found, said: Object.fromEntries(found.fields.map((f) => [f.field, f.value])) }
  );
}

describe('everything that is known of a thing is worded', () => {
  test('a station', () => {
    const story = new Story();
    const id = story.station({
      ...{ azimuth: 120, beamwidth: 65, heightM: 42.5, since: '2025-03-04' },
      ...{ acceptedOn: '2025-04-01', document: '12/NT', simulated: true, source: 'kê khai' },
    });
    const station = told(story, { noun: 'station', id });
    expect(station).toMatchObject({ name: 'Trạm', simulated: true, statusSaid: 'đang phát sóng' });
    expect(station?.said).toEqual({
      operator: 'Viettel',
      technology: '5G',
      band: 'n41',
      heightM: '42,5 m',
      azimuth: '120°',
      beamwidth: '65°',
      since: '4/3/2025',
      acceptedOn: '1/4/2025',
      document: '12/NT',
      commune: 'đơn vị 00004',
      coordinates: '21.00000, 105.80000',
      source: 'kê khai',
      id: String(id),
    });
  });

  test('a station without a direction reaches all of them', () => {
    const story = new Story();
    const id = story.station();
    expect(told(story, { noun: 'station', id })?.said['azimuth']).toBe('mọi hướng');
    expect(told(story, { noun: 'station', id }, 'en')?.said['azimuth']).toBe('all directions');
  });

  test('a hamlet', () => {
    const story = new Story();
    const id = story.hamlet({ people: 1320, deadline: '2025-11-30' });
    expect(told(story, { noun: 'hamlet', id })).toMatchObject({
      statusSaid: 'chưa có sóng',
      simulated: false,
      said: {
        people: '1.320',
        households: '20',
        gridPower: 'không',
        speciallyDisadvantaged: 'có',
        deadline: '30/11/2025',
      },
    });
    story.happens('hamlet.resolve', id, { solution: 'satellite', resolvedOn: '2025-11-02' });
    expect(told(story, { noun: 'hamlet', id })).toMatchObject({
      statusSaid: 'đã có sóng',
      said: { solution: 'vệ tinh', resolvedOn: '2/11/2025' },
    });
  });

  test('a node, a line and a facility', () => {
    const story = new Story();
    const node = story.node();
    const link = story.link(node, 77, { bandwidthMbps: 10_000, status: 'down' });
    const facility = story.happens('facility.add', 0, {
      ...{ name: 'TTDL', kind: 'data_centre', owner: 'ministry', status: 'up' },
      ...{ lon: 105, lat: 21 },
    });
    expect(told(story, { noun: 'node', id: node })?.said).toMatchObject({
      level: 'nút xã',
      unit: 'đơn vị 00004',
    });
    expect(told(story, { noun: 'link', id: link })).toMatchObject({
      statusSaid: 'mất kết nối',
      said: {
        from: `nút ${node}`,
        to: 'nút 77',
        bandwidthMbps: '10.000 Mbit/s',
        provider: 'VNPT',
      },
    });
    expect(told(story, { noun: 'facility', id: facility })?.said).toMatchObject({
      kind: 'trung tâm dữ liệu',
      owner: 'bộ, ngành',
      commune: 'ngoài lãnh thổ đang dùng',
    });
  });

  test('a programme and a duty, whose units they are', () => {
    const story = new Story();
    const programme = story.happens('programme.add', 0, {
      ...{ name: 'Chiến dịch', unit: '01', responsible: 'UBND', starts: '2025-07-25' },
      ...{ indicator: '5g.stations', simulated: true },
    });
    const duty = story.happens('duty.add', 0, {
      ...{ programme, name: 'Bổ sung 5G', unit: '00004', responsible: 'UBND phường' },
      ...{ due: '2025-09-07', status: 'done', doneOn: '2025-09-01', note: 'xong sớm' },
    });
    expect(told(story, { noun: 'programme', id: programme })).toMatchObject({
      ...{ name: 'Chiến dịch', statusSaid: '', unit: '01', commune: undefined, simulated: true },
      said: {
        ...{ unit: 'đơn vị 01', responsible: 'UBND', starts: '25/7/2025' },
        ...{ indicator: 'Trạm 5G đang phát sóng' },
      },
    });
    const found = told(story, { noun: 'duty', id: duty });
    expect(found).toMatchObject({ name: 'Bổ sung 5G', statusSaid: 'đã xong', unit: '00004' });
    expect(found?.said).toEqual({
      ...{ programme: `chương trình ${programme}`, unit: 'đơn vị 00004', due: '7/9/2025' },
      ...{ responsible: 'UBND phường', doneOn: '1/9/2025', note: 'xong sớm', id: String(duty) },
    });
    const [, unit] = found?.fields ?? [];
    expect(unit?.label).toBe('Đơn vị');
  });

  test('of what is not there nothing is told', () => {
    const story = new Story();
    expect(told(story, { noun: 'station', id: 9 })).toBeUndefined();
  });

  test('no field is left without words in either language', () => {
    const story = new Story();
    const things: OpenThing[] = [
      { noun: 'station', id: story.station({ plannedFor: '2026-01-01' }) },
      { noun: 'hamlet', id: story.hamlet() },
      { noun: 'node', id: story.node() },
    ];
    for (const thing of things)
      for (const language of ['vi', 'en'] as const)
        for (const { label, value } of told(story, thing, language)?.fields ?? [])
          expect(label && value, `${thing.noun} in ${language}`).toBeTruthy();
  });
});
