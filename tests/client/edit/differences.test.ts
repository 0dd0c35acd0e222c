import { describe, expect, it } from 'vitest';
import { differences, merged } from '../../../client/edit/differences.ts';

const base = { name: 'A', heightM: 30, lon: 105, lat: 21, status: 'planned' };

describe('two people on one thing', () => {
  it('are shown only where they differ, and each keeps what only they changed', () => {
    const mine = { ...base, heightM: 40, since: '2025-08-02' };
    const theirs = { ...base, heightM: 50, status: 'on_air' };
    expect(differences(base, mine, theirs)).toEqual([
      { name: 'heightM', mine: { heightM: 40 }, theirs: { heightM: 50 }, chosen: 'mine' },
      {
        name: 'status',
        mine: { status: 'planned' },
        theirs: { status: 'on_air' },
        chosen: 'theirs',
      },
      { name: 'since', mine: { since: '2025-08-02' }, theirs: { since: null }, chosen: 'mine' },
    ]);
  });

  it('a place is one difference, whichever coordinate moved', () => {
    const [place, ...more] = differences(base, { ...base, lon: 105.1 }, { ...base, lat: 21.2 });
    expect(more).toEqual([]);
    expect(place).toEqual({
      name: 'place',
      mine: { lon: 105.1, lat: 21 },
      theirs: { lon: 105, lat: 21.2 },
      chosen: 'mine',
    });
  });

  it('what both made the same is no difference', () => {
    expect(differences(base, { ...base, heightM: 40 }, { ...base, heightM: 40 })).toEqual([]);
  });

  it('come together as it is chosen', () => {
    const mine = { ...base, heightM: 40, lon: 105.1 };
    const theirs = { ...base, heightM: 50, status: 'on_air' };
    const found = differences(base, mine, theirs);
    expect(merged(theirs, found)).toEqual({ ...base, heightM: 40, lon: 105.1, status: 'on_air' });
    const all = found.map((one) => ({ ...one, chosen: 'theirs' as const }));
    expect(merged(theirs, all)).toEqual(theirs);
  });
});
