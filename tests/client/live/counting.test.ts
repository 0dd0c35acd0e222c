import { describe, expect, it } from 'vitest';
import { Counting } from '../../../client/live/counting.ts';
import { UNITS, Story } from './small-country.ts';

function counted(): { story: Story; counting: () => Counting; recounted: () => Counting } {
  // The counting is made over the empty country and follows everything that happens.
  const story: Story = new Story((touched) => counting.follow(touched));
  const counting = new Counting(story.country, UNITS);
  return { story, counting: () => counting, recounted: () => new Counting(story.country, UNITS) };
}

describe('counts of a unit', () => {
  it('count a station in its commune, its province and the nation, and nowhere else', () => {
    const { story, counting } = counted();
    story.station();
    for (const unit of ['00004', '01', 'vn'])
      expect(counting().countsOf(unit).stations['5g'].on_air, unit).toBe(1);
    for (const unit of ['00008', '11', 'no such unit'])
      expect(counting().countsOf(unit).stations['5g'].on_air, unit).toBe(0);
    expect(counting().countsOf('01').onAirByOperator.viettel).toBe(1);
  });

  it('move a station between statuses and units when it changes', () => {
    const { story, counting } = counted();
    const id = story.station();
    story.happens('station.change', id, { status: 'down' });
    expect(counting().countsOf('01').stations['5g']).toMatchObject({ on_air: 0, down: 1 });
    expect(counting().countsOf('01').onAirByOperator.viettel).toBe(0);
    story.happens('station.change', id, { commune: '03127', lon: 103, lat: 21.5 });
    expect(counting().countsOf('01').stations['5g'].down).toBe(0);
    expect(counting().countsOf('11').stations['5g'].down).toBe(1);
    expect(counting().countsOf('vn').stations['5g'].down).toBe(1);
  });

  it('stay right when a removed row is filled with the last one', () => {
    const { story, counting } = counted();
    const first = story.station();
    const last = story.station({ commune: '03127', technology: '4g', operator: 'mobifone' });
    story.happens('station.remove', first);
    story.happens('station.change', last, { status: 'retired' });
    expect(counting().countsOf('01').stations['5g'].on_air).toBe(0);
    expect(counting().countsOf('11').stations['4g']).toMatchObject({ on_air: 0, retired: 1 });
  });

  it('count reports by how far they have come', () => {
    const { story, counting, recounted } = counted();
    const id = story.report();
    story.report({ commune: '03127', status: 'declined' });
    story.happens('report.change', id, { status: 'checking' });
    const none = { received: 0, checking: 0, confirmed: 0, solved: 0, declined: 0 };
    expect(counting().countsOf('01').reports).toEqual({ ...none, checking: 1 });
    expect(counting().countsOf('vn').reports).toEqual({ ...none, checking: 1, declined: 1 });
    expect(recounted().countsOf('vn')).toEqual(counting().countsOf('vn'));
  });

  it('tell the people of uncovered hamlets only', () => {
    const { story, counting } = counted();
    const id = story.hamlet();
    story.hamlet({ people: 10, speciallyDisadvantaged: false });
    expect(counting().countsOf('11').hamlets).toEqual({
      uncovered: 2,
      resolved: 0,
      people: 100,
      speciallyDisadvantaged: 1,
    });
    story.happens('hamlet.resolve', id, { solution: 'satellite', resolvedOn: '2026-01-01' });
    expect(counting().countsOf('vn').hamlets).toEqual({
      uncovered: 1,
      resolved: 1,
      people: 10,
      speciallyDisadvantaged: 0,
    });
  });

  it('count a link at both its ends, once in a province that holds both, and move it with a node', () => {
    const { story, counting } = counted();
    const centre = story.node({ level: 'provincial' });
    const near = story.node({ commune: '00008' });
    const far = story.node({ commune: '03127' });
    story.link(centre, near);
    const broken = story.link(centre, far);
    story.happens('link.change', broken, { status: 'down' });
    expect(counting().countsOf('01').links).toEqual({ planned: 0, up: 1, down: 1 });
    expect(counting().countsOf('11').links).toEqual({ planned: 0, up: 0, down: 1 });
    expect(counting().countsOf('vn').links).toEqual({ planned: 0, up: 1, down: 1 });
    story.happens('node.change', near, { commune: '03127' });
    expect(counting().countsOf('11').links).toEqual({ planned: 0, up: 1, down: 1 });
    expect(counting().countsOf('vn').nodes).toMatchObject({ all: 3, down: 0 });
    expect(counting().countsOf('vn').nodes.communal).toEqual({ planned: 0, up: 2, down: 0 });
  });

  it('agree with a count from nothing after a long random story', () => {
    const { story, counting, recounted } = counted();
    let state = 7;
    const dice = (sides: number): number => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return Math.floor((state / 2147483648) * sides);
    };
    const communes = ['00004', '00008', '03127', null];
    const statuses = ['planned', 'building', 'on_air', 'down', 'retired'];
    const living: number[] = [];
    for (let i = 0; i < 2000; i++) {
      const commune = communes[dice(4)];
      const status = statuses[dice(5)];
      const chosen = living[dice(living.length)];
      const what = dice(4);
      if (what === 0 && chosen !== undefined) {
        story.happens('station.remove', chosen);
        living.splice(living.indexOf(chosen), 1);
      } else if (what === 1 && chosen !== undefined)
        story.happens('station.change', chosen, { status, commune });
      else living.push(story.station({ status, commune, technology: dice(2) ? '4g' : '5g' }));
    }
    for (const unit of UNITS.keys())
      expect(counting().countsOf(unit), unit).toEqual(recounted().countsOf(unit));
    expect(living.length).toBe(story.country.tables.stations.count);
  });

  it('begin anew when the territory changes', () => {
    const { story, counting } = counted();
    story.station({ simulated: true });
    story.station();
    story.happens('territory.adopted', 0, { hash: 'abc', kind: 'official' });
    expect(counting().countsOf('vn').stations['5g'].on_air).toBe(1);
  });
});
