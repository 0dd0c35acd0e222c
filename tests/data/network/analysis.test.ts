import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NetworkAnalysis } from '../../../data/network/analysis.ts';
import {
  connectedIn,
  graphOf,
  type NetworkElement,
  type NetworkTables,
} from '../../../data/network/graph.ts';
import { network, networkOf } from './small-network.ts';

/** Every commune has a hundred people for each unit of its number. */
const peopleOf = (commune: number): number => commune * 100;
const analysisOf = (tables: NetworkTables) => new NetworkAnalysis(tables, peopleOf);

/** The same question asked the slow way: take it out, search again, and see who is gone. */
function naive(tables: NetworkTables, { noun, id }: NetworkElement): number[] {
  const before = connectedIn(graphOf(tables));
  const table = noun === 'node' ? tables.nodes : tables.links;
  const row = table.rowOf(id) ?? -1;
  const status = table.columns.status[row] ?? 0;
  table.columns.status[row] = 255;
  const after = new Set(connectedIn(graphOf(tables)));
  table.columns.status[row] = status;
  return before.filter((commune) => !after.has(commune));
}

function elementsOf({ nodes, links }: NetworkTables): NetworkElement[] {
  return [
    ...Array.from(nodes.ids.subarray(0, nodes.count), (id) => ({ noun: 'node' as const, id })),
    ...Array.from(links.ids.subarray(0, links.count), (id) => ({ noun: 'link' as const, id })),
  ];
}

/** Two centres, two provinces of which the second has one line up; a commune behind another. */
const TREE = networkOf(
  {
    1: 'central vn',
    2: 'central vn',
    3: 'provincial 01',
    4: 'provincial 11',
    5: 'communal 00001',
    6: 'communal 00002',
    7: 'communal 03001',
    8: 'communal 03002 down',
    9: 'communal 03003 planned',
  },
  {
    101: '1 2',
    102: '3 1',
    103: '3 2',
    104: '4 1',
    105: '5 3',
    106: '6 5',
    107: '7 4',
    108: '8 4',
    109: '9 4 planned',
    110: '6 4',
  },
);

describe('the network', () => {
  it('connects a commune whose node is up and reaches a central node', () => {
    const analysis = analysisOf(TREE);
    expect(analysis.communes).toEqual([1, 2, 3001, 3002, 3003]);
    expect(analysis.communes.filter((commune) => analysis.isConnected(commune))).toEqual([
      1, 2, 3001,
    ]);
  });

  it('says what is cut off if a node or a link fails, with the people', () => {
    const analysis = analysisOf(TREE);
    // Commune 2 has a way through either province.
    expect(analysis.impactOf({ noun: 'node', id: 3 })).toEqual({ communes: [], people: 0 });
    expect(analysis.impactOf({ noun: 'node', id: 4 })).toEqual({
      communes: [3001],
      people: 300_100,
    });
    expect(analysis.impactOf({ noun: 'link', id: 107 })?.communes).toEqual([3001]);
    expect(analysis.impactOf({ noun: 'node', id: 5 })?.communes).toEqual([1]);
    // Both centres are as one: either may go.
    expect(analysis.impactOf({ noun: 'node', id: 1 })?.communes).toEqual([]);
    expect(analysis.impactOf({ noun: 'link', id: 999 })).toBeUndefined();
  });

  it('tells on what a commune hangs alone, from its own node up', () => {
    const analysis = analysisOf(TREE);
    expect(analysis.hangsOn(3001)).toEqual([
      { noun: 'node', id: 7 },
      { noun: 'link', id: 107 },
      { noun: 'node', id: 4 },
    ]);
    expect(analysis.hangsOn(2)).toEqual([{ noun: 'node', id: 6 }]);
    expect(analysis.hangsOn(3002)).toEqual([]);
  });

  it('takes a central node for one that may fail, where there is no other', () => {
    const tables = networkOf(
      { 1: 'central vn', 2: 'provincial 01', 3: 'communal 00001' },
      { 101: '2 1', 102: '3 2' },
    );
    expect(analysisOf(tables).impactOf({ noun: 'node', id: 1 })?.communes).toEqual([1]);
  });

  it('counts two lines between the same nodes as two, and two nodes of a commune as two', () => {
    const tables = networkOf(
      { 1: 'central vn', 2: 'communal 00001', 3: 'communal 00002', 4: 'communal 00002' },
      { 101: '2 1', 102: '1 2', 103: '3 1', 104: '4 1' },
    );
    const analysis = analysisOf(tables);
    expect(analysis.hangsOn(1)).toEqual([
      { noun: 'node', id: 2 },
      { noun: 'node', id: 1 },
    ]);
    expect(analysis.hangsOn(2)).toEqual([{ noun: 'node', id: 1 }]);
  });

  it('is nothing at all without nodes', () => {
    const analysis = analysisOf(networkOf({}, {}));
    expect(analysis.communes).toEqual([]);
    expect(analysis.weakPoints()).toEqual([]);
  });
});

describe('whatever the network looks like', () => {
  it('an impact is what taking it out and searching again finds', () => {
    fc.assert(
      fc.property(network, (tables) => {
        const analysis = analysisOf(tables);
        const slowly = elementsOf(tables).map((element) => {
          const communes = naive(tables, element);
          return { communes, people: communes.reduce((sum, one) => sum + peopleOf(one), 0) };
        });
        const impacts = elementsOf(tables).map((element) => analysis.impactOf(element));
        expect(impacts).toEqual(slowly);
      }),
      { numRuns: 150 },
    );
  });

  it('a commune hangs on exactly those that would cut it off', () => {
    fc.assert(
      fc.property(network, (tables) => {
        const analysis = analysisOf(tables);
        for (const commune of analysis.communes) {
          const written = (elements: readonly NetworkElement[]) =>
            elements.map(({ noun, id }) => `${noun} ${id}`).sort();
          const cutting = elementsOf(tables).filter((one) => naive(tables, one).includes(commune));
          expect(written(analysis.hangsOn(commune))).toEqual(written(cutting));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('the weak points are all that cut anybody off, most people first', () => {
    fc.assert(
      fc.property(network, (tables) => {
        const points = analysisOf(tables).weakPoints();
        const cutting = elementsOf(tables).filter((one) => naive(tables, one).length > 0);
        expect(points).toHaveLength(cutting.length);
        for (const { communes, ...element } of points)
          expect(naive(tables, element)).toHaveLength(communes);
        const people = points.map((point) => point.people);
        expect(people).toEqual([...people].sort((a, b) => b - a));
      }),
      { numRuns: 50 },
    );
  });
});

it('a chain of ten thousand nodes is searched like any other', () => {
  const nodes: Record<number, string> = { 1: 'central vn' };
  const links: Record<number, string> = {};
  for (let id = 2; id <= 10_000; id++) {
    nodes[id] = `communal ${String(id).padStart(5, '0')}`;
    links[20_000 + id] = `${id} ${id - 1}`;
  }
  const analysis = analysisOf(networkOf(nodes, links));
  expect(analysis.impactOf({ noun: 'link', id: 20_002 })?.communes).toHaveLength(9_999);
  expect(analysis.hangsOn(10_000)).toHaveLength(2 * 9_999 + 1);
});
