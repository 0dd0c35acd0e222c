import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyCountry } from '../../../data/model/country.ts';
import { Connection } from '../../../data/network/connection.ts';
import { connectedIn, graphOf } from '../../../data/network/graph.ts';
import { apply, wish } from './small-network.ts';

describe('the connection of communes, followed change by change', () => {
  it('is at every moment what the whole graph says, and tells exactly who came or went', () => {
    fc.assert(
      fc.property(fc.array(wish, { minLength: 20, maxLength: 150 }), (wishes) => {
        const country = emptyCountry();
        const connection = new Connection();
        let before: number[] = [];
        const said: object[] = [];
        const wanted: object[] = [];
        for (const one of wishes) {
          const change = apply(country, one);
          if (!change) continue;
          const told = connection.take(change);
          const now = connectedIn(graphOf(country.tables));
          const all = [1, 2, 3, 4, 5];
          said.push({
            connected: all.filter((commune) => connection.isConnected(commune)),
            told: told.sort((a, b) => a - b),
          });
          wanted.push({
            connected: now,
            told: all.filter((commune) => before.includes(commune) !== now.includes(commune)),
          });
          before = now;
        }
        expect(said).toEqual(wanted);
      }),
      { numRuns: 150 },
    );
  });
});
