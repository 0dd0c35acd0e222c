import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  INTERRUPTION_S,
  interruptionAt,
  MOST_IN_A_ROW,
  REST_S,
  type Interrupting,
} from '../../../data/alerts/on-wall.ts';
import { SEVERITIES } from '../../../data/alerts/rule.ts';

const START = Date.parse('2026-03-02T01:00:00Z');
const ms = (second: number) => START + second * 1000;
const iso = (second: number) => new Date(ms(second)).toISOString();

interface Told {
  told: number | null;
  acknowledged?: number | undefined;
  ended?: number | undefined;
  wall?: boolean;
  severity?: Interrupting['severity'];
}

let ids = 0;
function alert({ told, acknowledged, ended, wall = true, severity = 'warning' }: Told) {
  return {
    ...{ id: ++ids, severity, wall, told: told === null ? null : iso(told) },
    ended: ended === undefined ? null : iso(ended),
    acknowledged:
      acknowledged === undefined ? null : { by: 'duyet', at: iso(acknowledged), word: '' },
  } satisfies Interrupting;
}

/** Which one is shown at each of these seconds, by its place among the alerts; `n`: so many at once. */
function shown(alerts: readonly Interrupting[], seconds: readonly number[]) {
  return seconds.map((second) => {
    const found = interruptionAt(alerts, ms(second));
    if (!found) return null;
    return found.show === 'many' ? `${found.count}` : alerts.findIndex(({ id }) => id === found.id);
  });
}

describe('an alert on the wall', () => {
  test('has it for half a minute from when it is told, then the tour goes on', () => {
    const one = alert({ told: 10 });
    expect(shown([one], [9.999, 10, 39.999, 40])).toEqual([null, 0, 0, null]);
    expect(interruptionAt([one], ms(25))).toEqual({
      ...{ show: 'alert', id: one.id, from: ms(10), until: ms(40) },
    });
  });

  test('that is told while another has it waits for its turn', () => {
    const alerts = [alert({ told: 0 }), alert({ told: 5 }), alert({ told: 6 })];
    expect(shown(alerts, [6, 29, 30, 59, 60, 89, 90])).toEqual([0, 0, 1, 1, 2, 2, null]);
  });

  test('makes way as soon as it is taken on or over, and has no turn when it was before', () => {
    const alerts = [
      alert({ told: 0, acknowledged: 12 }),
      alert({ told: 1, ended: 20 }),
      alert({ told: 2, acknowledged: 15 }),
      alert({ told: 3 }),
    ];
    expect(shown(alerts, [11, 12, 19, 20, 49, 50])).toEqual([0, 1, 1, 3, 3, null]);
  });

  test('that no rule shows on walls, or that has not been told, never interrupts', () => {
    expect(shown([alert({ told: 0, wall: false }), alert({ told: null })], [0, 10])).toEqual([
      null,
      null,
    ]);
  });

  test('of a storm is counted after the first few, and the tour goes on for a while', () => {
    const alerts = Array.from({ length: 20 }, (_, i) => alert({ told: i }));
    const end = MOST_IN_A_ROW * INTERRUPTION_S;
    expect(shown(alerts, [0, end - 1, end, end + 29, end + 30])).toEqual([
      ...[0, MOST_IN_A_ROW - 1, '16', '16'],
      null,
    ]);
    const late = [...alerts, alert({ told: end + 40 })];
    const again = end + INTERRUPTION_S + REST_S;
    expect(shown(late, [end + 40, again - 1, again, again + 30])).toEqual([null, null, 20, null]);
  });

  test('of a storm names the worst of those that it counts', () => {
    const alerts = Array.from({ length: MOST_IN_A_ROW + 3 }, (_, i) =>
      alert({ told: i, severity: i === MOST_IN_A_ROW + 1 ? 'critical' : 'notice' }),
    );
    expect(interruptionAt(alerts, ms(MOST_IN_A_ROW * INTERRUPTION_S + 1))).toMatchObject({
      ...{ show: 'many', count: 3, worst: 'critical' },
    });
  });

  const Second = fc.integer({ min: 0, max: 900 });
  const Any = fc
    .array(
      fc.record({
        told: fc.option(Second, { freq: 8 }),
        acknowledged: fc.option(fc.integer({ min: 0, max: 200 }), { nil: undefined }),
        ended: fc.option(fc.integer({ min: 0, max: 200 }), { nil: undefined }),
        wall: fc.boolean(),
        severity: fc.constantFrom(...SEVERITIES),
      }),
      { maxLength: 40 },
    )
    .map((some) =>
      some.map(({ told, acknowledged, ended, ...rest }) =>
        alert({
          ...{ ...rest, told },
          acknowledged: acknowledged === undefined ? undefined : (told ?? 0) + acknowledged,
          ended: ended === undefined ? undefined : (told ?? 0) + ended,
        }),
      ),
    );

  test('is the same on every wall, in whatever order the alerts come', () => {
    fc.assert(
      fc.property(Any, Second, fc.infiniteStream(fc.nat()), (alerts, second, random) => {
        const order = new Map(alerts.map((one) => [one, random.next().value]));
        const mixed = alerts.toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
        expect(interruptionAt(mixed, ms(second))).toEqual(interruptionAt(alerts, ms(second)));
      }),
    );
  });

  test('hangs on nothing that is later', () => {
    fc.assert(
      fc.property(Any, Second, (alerts, second) => {
        const known = alerts
          .filter(({ told }) => told !== null && Date.parse(told) <= ms(second))
          .map((one) => ({
            ...one,
            ended: one.ended !== null && Date.parse(one.ended) <= ms(second) ? one.ended : null,
            acknowledged:
              one.acknowledged && Date.parse(one.acknowledged.at) <= ms(second)
                ? one.acknowledged
                : null,
          }));
        const [then, now] = [known, alerts].map((some) => interruptionAt(some, ms(second)));
        expect(then && { ...then, until: 0 }).toEqual(now && { ...now, until: 0 });
      }),
    );
  });

  test('is one that is open, told and taken on by nobody, for half a minute at most', () => {
    fc.assert(
      fc.property(Any, Second, (alerts, second) => {
        const found = interruptionAt(alerts, ms(second));
        if (!found) return;
        expect(found.from).toBeLessThanOrEqual(ms(second));
        expect(found.until).toBeGreaterThan(ms(second));
        expect(found.until - found.from).toBeLessThanOrEqual(INTERRUPTION_S * 1000);
        if (found.show === 'many') return;
        const { told, ended, acknowledged, wall } = alerts.find(({ id }) => id === found.id) ?? {};
        expect(wall).toBe(true);
        expect(Date.parse(told ?? '')).toBeLessThanOrEqual(found.from);
        for (const gone of [ended, acknowledged?.at])
          if (gone) expect(Date.parse(gone)).toBeGreaterThan(ms(second));
      }),
    );
  });

  test('leaves the wall to its tour again and again, however many there are', () => {
    fc.assert(
      fc.property(Any, (alerts) => {
        const busy = Array.from({ length: 1_800 }, (_, second) =>
          interruptionAt(alerts, ms(second)) ? 'x' : '.',
        ).join('');
        // Without a rest, no more than a row and the one that counts.
        const stretches = busy.split('.'.repeat(REST_S));
        for (const stretch of stretches)
          expect(stretch.replaceAll('.', '').length).toBeLessThanOrEqual(
            (MOST_IN_A_ROW + 1) * INTERRUPTION_S,
          );
      }),
      { numRuns: 30 },
    );
  });
});
