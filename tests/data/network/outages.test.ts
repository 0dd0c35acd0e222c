import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { availabilityOf, meanAvailability, Outages } from '../../../data/network/outages.ts';

describe('the outages of a commune', () => {
  it('have a start, an end and so a length', () => {
    const outages = new Outages();
    outages.note(1, true, 1_000);
    outages.note(1, false, 5_000);
    outages.note(1, true, 8_000);
    outages.note(1, false, 9_000);
    expect(outages.within(1, 0, 20_000)).toEqual([
      { commune: 1, start: 9_000, end: null },
      { commune: 1, start: 5_000, end: 8_000 },
    ]);
    expect([...outages.open()]).toEqual([[1, 9_000]]);
  });

  it('begin only once it has been connected: what is planned is not out', () => {
    const outages = new Outages();
    outages.note(1, false, 1_000);
    expect(outages.counts(1)).toBe(false);
    expect(outages.standing(1, 0, 10_000)).toEqual({
      ...{ counted: 0, down: 0, outages: 0, longest: 0 },
    });
    outages.note(1, true, 4_000);
    expect(outages.standing(1, 0, 10_000)).toMatchObject({ counted: 6_000, down: 0 });
  });

  it('are no outage where they are over in the same instant, and one where they go on in it', () => {
    const outages = new Outages();
    outages.note(1, true, 0);
    outages.note(1, false, 1_000);
    outages.note(1, true, 1_000);
    expect(outages.within(1, 0, 9_000)).toEqual([]);
    outages.note(1, false, 2_000);
    outages.note(1, true, 3_000);
    outages.note(1, false, 3_000);
    outages.note(1, true, 4_000);
    expect(outages.within(1, 0, 9_000)).toEqual([{ commune: 1, start: 2_000, end: 4_000 }]);
  });

  it('count in a span with the part that lies in it', () => {
    const outages = new Outages();
    outages.note(1, true, 0);
    outages.note(1, false, 2_000);
    outages.note(1, true, 4_000);
    outages.note(1, false, 9_000);
    expect(outages.standing(1, 3_000, 10_000)).toEqual({
      ...{ counted: 7_000, down: 2_000, outages: 2, longest: 1_000 },
    });
    expect(outages.standing(1, 4_000, 9_000)).toMatchObject({ down: 0, outages: 0 });
  });

  it('make up, with the time between them, the whole span, wherever it begins and ends', () => {
    const steps = fc.array(fc.tuple(fc.boolean(), fc.nat(50)), { maxLength: 40 });
    fc.assert(
      fc.property(steps, fc.nat(1_500), fc.nat(1_500), (told, one, other) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other) + 1];
        const outages = new Outages();
        // Second by second, as whoever sits beside it with a notebook.
        const states: (boolean | null)[] = [];
        let [at, state, known] = [0, false, false];
        for (const [connected, wait] of told) {
          outages.note(1, connected, at);
          state = connected;
          known ||= connected;
          for (let i = 0; i < wait; i++) states[at++] = known ? state : null;
        }
        const rest = known ? state : null;
        const seen = Array.from(
          { length: to - from },
          (_, i) => states[from + i] ?? (from + i < at ? null : rest),
        );
        const { counted, down } = outages.standing(1, from, to);
        // What was known for no time at all was known all the same.
        if (known || counted === 0) {
          expect(down).toBe(seen.filter((one) => one === false).length);
          expect(counted).toBe(seen.filter((one) => one !== null).length);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('availability', () => {
  it('is the share of the counted time with the network, and of several the plain mean', () => {
    const standing = (counted: number, down: number) => ({
      ...{ counted, down, outages: 1, longest: down },
    });
    expect(availabilityOf(standing(1_000, 1))).toBe(0.999);
    expect(availabilityOf(standing(0, 0))).toBeNull();
    expect(meanAvailability([standing(10, 5), standing(1_000, 0), standing(0, 0)])).toBe(0.75);
    expect(meanAvailability([])).toBeNull();
  });
});
