import { describe, expect, it } from 'vitest';
import { NetworkAnalysis } from '../../../data/network/analysis.ts';
import { liveCuts } from '../../../data/network/cuts.ts';
import type { NetworkTables } from '../../../data/network/graph.ts';
import { networkOf } from './small-network.ts';

const peopleOf = (commune: number): number => commune * 100;
const cutsOf = (tables: NetworkTables, since?: ReadonlyMap<number, number>) =>
  liveCuts(tables, new NetworkAnalysis(tables, peopleOf), peopleOf, since);

const CENTRE = { 1: 'central vn' };

describe('the live cuts', () => {
  it('name the commune, its people, since when, and what is broken', () => {
    const tables = networkOf(
      { ...CENTRE, 2: 'provincial 01', 3: 'communal 00001', 4: 'communal 00002 down' },
      { 101: '2 1', 102: '3 2 down', 103: '4 2 down' },
    );
    expect(cutsOf(tables, new Map([[2, 5_000]]))).toEqual([
      {
        ...{ commune: 2, people: 200, since: 5_000 },
        causes: [
          { noun: 'node', id: 4 },
          { noun: 'link', id: 103 },
        ],
      },
      { commune: 1, people: 100, since: null, causes: [{ noun: 'link', id: 102 }] },
    ]);
  });

  it('give all behind one break the same cause, however far it is', () => {
    const tables = networkOf(
      { ...CENTRE, 2: 'provincial 01', 3: 'communal 00001', 4: 'communal 00002' },
      { 101: '2 1 down', 102: '3 2', 103: '4 3' },
    );
    expect(cutsOf(tables).map(({ commune, causes }) => [commune, causes])).toEqual([
      [2, [{ noun: 'link', id: 101 }]],
      [1, [{ noun: 'link', id: 101 }]],
    ]);
  });

  it('name as a cause only what stands between the commune and a centre', () => {
    const tables = networkOf(
      { ...CENTRE, 2: 'communal 00001', 3: 'communal 00002 down', 4: 'provincial 01 down' },
      { 101: '2 4', 102: '4 1', 103: '3 2', 104: '2 1 planned' },
    );
    expect(
      cutsOf(tables).map(({ commune, causes }) => [commune, causes.map(({ id }) => id)]),
    ).toEqual([
      [2, [3]],
      [1, [4]],
    ]);
  });

  it('leave out what is planned still: a node, or the only line to it', () => {
    const tables = networkOf(
      { ...CENTRE, 2: 'communal 00001 planned', 3: 'communal 00002', 4: 'communal 00003' },
      { 101: '2 1 up', 102: '3 1 planned' },
    );
    expect(cutsOf(tables)).toEqual([]);
  });

  it('hold on to a commune that was connected and went back to the plan, or lost its node', () => {
    const tables = networkOf({ ...CENTRE, 2: 'communal 00001 planned' }, { 101: '2 1 up' });
    const since = new Map([
      [1, 1_000],
      [2, 2_000],
    ]);
    expect(cutsOf(tables, since).map(({ commune }) => commune)).toEqual([2, 1]);
  });

  it('are none of a commune that is connected, whatever the log has not heard yet', () => {
    const tables = networkOf({ ...CENTRE, 2: 'communal 00001' }, { 101: '2 1' });
    expect(cutsOf(tables, new Map([[1, 1_000]]))).toEqual([]);
  });
});
