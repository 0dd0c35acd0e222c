/** How alerts go on from what their rule finds: told once, held back, taken on, said again, over. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  goOn,
  hearersOf,
  isQuietAt,
  type News,
  type Standing,
  type Steering,
} from '../../../data/alerts/course.ts';
import type { Found } from '../../../data/alerts/found.ts';
import { MOST_OF_A_RULE } from '../../../data/alerts/rule.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Noon in Viet Nam. */
const NOON = Date.parse('2025-07-28T05:00:00Z');
const RULE: Steering = {
  ...{ on: true, severity: 'warning', settleMinutes: 30, version: 1, units: ['vn'] },
  ...{ quiet: null, escalation: null },
};
const NIGHT = { from: '22:00', until: '06:00' };
const LOUDER = { afterMinutes: 60, severity: 'critical', webhooks: [9] } as const;
const cut = (unit = '00004', more: Found['facts'] = {}): Found => ({
  ...{ key: `${unit}/cut`, unit, thing: null },
  facts: { people: 1_000, ...more },
});

/** Alerts of one rule, over time. */
class Watching {
  alerts: Standing[] = [];
  readonly said: { news: News; key: string; at: number }[] = [];
  changes = 0;
  rule: Steering;

  constructor(rule: Partial<Steering> = {}) {
    this.rule = { ...RULE, ...rule };
  }

  look(found: readonly Found[], now: number): void {
    const standing = this.alerts.filter(({ closed }) => !closed);
    for (const { alert, news, seen } of goOn(this.rule, standing, found, now)) {
      if (seen) this.changes++;
      for (const one of news) this.said.push({ news: one, key: alert.key, at: now });
      if (alert.id === null) this.alerts.push({ ...alert, id: this.alerts.length + 1 });
      else this.alerts = this.alerts.map((one) => (one.id === alert.id ? alert : one));
    }
  }

  takeOn(now: number): void {
    this.alerts = this.alerts.map((alert) => ({ ...alert, acknowledged: now }));
  }

  get news(): News[] {
    return this.said.map(({ news }) => news);
  }
}

describe('an alert', () => {
  it('is told when it is first found, and is over when it is gone for as long as the rule asks', () => {
    const watching = new Watching();
    watching.look([cut()], NOON);
    watching.look([cut()], NOON + HOUR);
    expect([watching.news, watching.changes]).toEqual([['alert.raised'], 1]);
    watching.look([], NOON + 2 * HOUR);
    expect(watching.alerts[0]).toMatchObject({ ended: null, told: NOON });
    watching.look([], NOON + 2 * HOUR + 29 * MINUTE);
    expect(watching.news).toEqual(['alert.raised']);
    watching.look([], NOON + 2 * HOUR + 30 * MINUTE);
    // Over since it was gone, not since that was sure.
    expect(watching.alerts).toMatchObject([{ ended: NOON + 2 * HOUR, closed: true, times: 1 }]);
    expect(watching.news).toEqual(['alert.raised', 'alert.ended']);
    watching.look([cut()], NOON + 3 * HOUR);
    expect(watching.alerts).toHaveLength(2);
  });

  it('is told again by nobody when it flaps, at whatever rhythm faster than it settles', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 29 * MINUTE })), {
          minLength: 2,
          maxLength: 60,
        }),
        (rhythm) => {
          const watching = new Watching();
          let now = NOON;
          let [last, times] = [true, 1];
          let gone = 0;
          watching.look([cut()], now);
          for (const [isThere, wait] of rhythm) {
            now += wait;
            // Never away for long enough to be over.
            const isFound = isThere || (!last && now + 29 * MINUTE - gone >= 30 * MINUTE);
            if (isFound && !last) times++;
            if (!isFound && last) gone = now;
            last = isFound;
            watching.look(isFound ? [cut()] : [], now);
          }
          expect(watching.news).toEqual(['alert.raised']);
          expect(watching.alerts).toMatchObject([{ times, ended: null }]);
        },
      ),
    );
  });

  it('goes on with new facts, but for what is not worth telling everybody', () => {
    const watching = new Watching();
    watching.look([cut()], NOON);
    watching.look([cut('00004', { people: 900 })], NOON + 1);
    expect(watching.alerts[0]?.facts).toEqual({ people: 900 });
    expect([watching.changes, watching.news]).toEqual([2, ['alert.raised']]);
  });
});

describe('quiet hours', () => {
  const night = Date.parse('2025-07-28T16:00:00Z');
  const morning = Date.parse('2025-07-28T23:00:00Z');

  it('last from one time of the day to another, over midnight where that is later', () => {
    const at = (time: string): number => Date.parse(`2025-07-28T${time}:00+07:00`);
    const quiet = (time: string): boolean => isQuietAt(NIGHT, at(time));
    expect(['21:59', '22:00', '00:00', '05:59', '06:00'].map(quiet)).toEqual(
      [false, true, true, true, false], // oxfmt-ignore
    );
    expect(isQuietAt({ from: '12:00', until: '13:30' }, at('13:29'))).toBe(true);
    expect(isQuietAt({ from: '12:00', until: '13:30' }, at('13:30'))).toBe(false);
  });

  it('hold back what is raised in them until they end', () => {
    const watching = new Watching({ quiet: NIGHT });
    watching.look([cut()], night);
    expect(watching.alerts).toMatchObject([{ raised: night, told: null, ended: null }]);
    watching.look([cut()], morning - 1);
    expect(watching.news).toEqual([]);
    watching.look([cut()], morning);
    expect([watching.alerts[0]?.told, watching.news]).toEqual([morning, ['alert.raised']]);
  });

  it('leave untold for ever what was over before they ended', () => {
    const watching = new Watching({ quiet: NIGHT });
    watching.look([cut()], night);
    watching.look([], night + HOUR);
    watching.look([], night + 2 * HOUR);
    watching.look([], morning);
    expect(watching.news).toEqual([]);
    expect(watching.alerts).toMatchObject([{ told: null, ended: night + HOUR, closed: true }]);
  });

  it('hold back the end, too, of what was told before', () => {
    const watching = new Watching({ quiet: NIGHT });
    watching.look([cut()], night - 2 * HOUR);
    watching.look([], night);
    watching.look([], night + HOUR);
    expect(watching.alerts).toMatchObject([{ ended: night, closed: false }]);
    watching.look([], morning);
    expect(watching.said).toMatchObject([{ news: 'alert.raised' }, { at: morning }]);
    expect(watching.alerts).toMatchObject([{ closed: true }]);
  });

  it('let nothing through, whatever happens in them', () => {
    const step = fc.record({
      units: fc.subarray(['00004', '00008', '03127']),
      wait: fc.integer({ min: 1, max: 5 * HOUR }),
      takesOn: fc.boolean(),
      on: fc.boolean(),
      version: fc.integer({ min: 1, max: 2 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const watching = new Watching({ quiet: NIGHT, escalation: { ...LOUDER, webhooks: [] } });
        let now = NOON;
        for (const { units, wait, takesOn, on, version } of steps) {
          now += wait;
          if (takesOn) watching.takeOn(now);
          watching.rule = { ...watching.rule, on: on || units.length > 0, version };
          watching.look(
            units.map((unit) => cut(unit)),
            now,
          );
        }
        expect(watching.said.filter(({ at }) => isQuietAt(NIGHT, at))).toEqual([]);
        // Each is raised before anything else is said of it, and nothing is said of it twice.
        for (const { key } of watching.alerts) {
          const of = watching.said.filter((one) => one.key === key).map(({ news }) => news);
          let open: News[] = [];
          for (const one of of) {
            expect(one === 'alert.raised').toBe(open.length === 0);
            expect(open).not.toContain(one);
            open = one === 'alert.ended' ? [] : [...open, one];
          }
        }
      }),
    );
  });
});

describe('what nobody takes on', () => {
  it('is said again, louder and to more, once', () => {
    const watching = new Watching({ escalation: { ...LOUDER, webhooks: [9] } });
    watching.look([cut()], NOON);
    watching.look([cut()], NOON + HOUR - 1);
    expect(watching.news).toEqual(['alert.raised']);
    watching.look([cut()], NOON + HOUR);
    watching.look([cut()], NOON + 5 * HOUR);
    expect(watching.news).toEqual(['alert.raised', 'alert.escalated']);
    expect(watching.alerts).toMatchObject([{ severity: 'critical', escalated: NOON + HOUR }]);
    const rule = { webhooks: [1, 9], escalation: { ...LOUDER, webhooks: [9, 2] } };
    expect(hearersOf(rule, { escalated: null })).toEqual([1, 9]);
    expect(hearersOf(rule, { escalated: NOON })).toEqual([1, 9, 2]);
  });

  it('is left alone once somebody has, and everybody hears that', () => {
    const watching = new Watching({ escalation: { ...LOUDER, webhooks: [] } });
    watching.look([cut()], NOON);
    watching.takeOn(NOON + MINUTE);
    watching.look([cut()], NOON + 2 * MINUTE);
    watching.look([cut()], NOON + 24 * HOUR);
    expect(watching.news).toEqual(['alert.raised', 'alert.acknowledged']);
    expect(watching.alerts[0]?.severity).toBe('warning');
  });

  it('counts from when it was told, not from when it was found at night', () => {
    const watching = new Watching({ quiet: NIGHT, escalation: { ...LOUDER, webhooks: [] } });
    const morning = Date.parse('2025-07-28T23:00:00Z');
    watching.look([cut()], morning - 5 * HOUR);
    watching.look([cut()], morning);
    watching.look([cut()], morning + HOUR - 1);
    expect(watching.news).toEqual(['alert.raised']);
    watching.look([cut()], morning + HOUR);
    expect(watching.news).toEqual(['alert.raised', 'alert.escalated']);
  });
});

describe('a rule', () => {
  const found = (n: number): Found[] => Array.from({ length: n }, (_, i) => cut(String(i)));
  const open = ({ alerts }: Watching): Standing[] => alerts.filter(({ ended }) => ended === null);

  it('that finds more than it may have raises one alert that says how many', () => {
    const watching = new Watching();
    watching.look(found(3_321), NOON);
    expect(watching.alerts).toMatchObject([
      { key: 'many', unit: 'vn', facts: { found: 3_321, people: 3_321_000 } },
    ]);
    watching.look(found(3_300), NOON + MINUTE);
    expect(watching.changes).toBe(1);
    watching.look(found(1_000), NOON + MINUTE);
    expect(watching.alerts[0]?.facts.found).toBe(1_000);
    // Just below what it may have they are still counted, and told apart when they are few.
    watching.look(found(MOST_OF_A_RULE - 1), NOON + MINUTE);
    expect(watching.alerts).toHaveLength(1);
    expect(watching.news).toEqual(['alert.raised']);
    watching.look(found(3), NOON + MINUTE);
    expect(watching.alerts).toHaveLength(4);
  });

  it('keeps those it has when more come than it may have, and tells them apart again when it can', () => {
    const watching = new Watching({ settleMinutes: 0 });
    watching.look(found(MOST_OF_A_RULE), NOON);
    expect(open(watching)).toHaveLength(MOST_OF_A_RULE);
    watching.look(found(MOST_OF_A_RULE + 50), NOON + 1);
    expect(open(watching)).toHaveLength(MOST_OF_A_RULE + 1);
    watching.look(found(MOST_OF_A_RULE), NOON + 2);
    expect(open(watching)).toHaveLength(MOST_OF_A_RULE);
    expect(open(watching).some(({ key }) => key === 'many')).toBe(false);
  });

  it('ends its alerts at once when it is switched off, and those it asks for no more', () => {
    const off = new Watching();
    off.look([cut()], NOON);
    off.rule = { ...off.rule, on: false, version: 2 };
    off.look([cut()], NOON + 1);
    expect(off.alerts).toMatchObject([{ ended: NOON + 1 }]);

    const other = new Watching();
    other.look([cut(), cut('00008')], NOON);
    other.rule = { ...other.rule, severity: 'critical', version: 2 };
    other.look([cut('00008')], NOON + 1);
    expect(other.alerts).toMatchObject([
      { unit: '00004', ended: NOON + 1 },
      { unit: '00008', ended: null, severity: 'critical' },
    ]);
  });
});
