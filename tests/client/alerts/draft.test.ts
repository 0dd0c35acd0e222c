import { describe, expect, test } from 'vitest';
import {
  faultIn,
  fieldsOf,
  FRESH_ESCALATION,
  FRESH_QUIET,
  freshRule,
  freshWatch,
  WATCHES,
  withOrWithout,
} from '../../../client/alerts/draft.ts';
import type { RuleFields } from '../../../data/alerts/rule.ts';
import { refusalSaid } from '../../../client/words/refusal.ts';

const rule = (some: Partial<RuleFields> = {}): RuleFields => ({
  ...freshRule(['12']),
  name: 'Xã mất mạng',
  ...some,
});

describe('a rule being written', () => {
  test('begins each kind of watch, quiet hours and escalation with what the server takes', () => {
    for (const what of WATCHES)
      expect([
        what,
        faultIn(
          rule({ watch: freshWatch(what), quiet: FRESH_QUIET, escalation: FRESH_ESCALATION }),
        ),
      ]).toEqual([what, null]);
  });

  test.each<[string, Partial<RuleFields>, string]>([
    ['no name', { name: ' ' }, 'name'],
    ['no unit', { units: [] }, 'units'],
    ['a commune', { units: ['00004'] }, 'units.0'],
    ['no number', { watch: { what: 'commune_cut', minutes: NaN } }, 'watch.minutes'],
    ['half an hour of settling', { settleMinutes: 0.5 }, 'settleMinutes'],
    ['quiet hours that never begin', { quiet: { from: '', until: '06:00' } }, 'quiet.from'],
    ['quiet hours without an end', { quiet: { from: '06:00', until: '06:00' } }, 'quiet'],
    [
      'an escalation at once',
      { escalation: { ...FRESH_ESCALATION, afterMinutes: 0 } },
      'escalation.afterMinutes',
    ],
  ])('with %s is refused, and its field is named', (_what, wrong, path) => {
    const fault = faultIn(rule(wrong));
    expect(fault).toMatchObject({ code: 'invalid', path });
    expect(fault && refusalSaid(fault, 'vi', () => 'Ô này')).toMatch(/Ô này: \p{L}/u);
  });

  test('sends of a kept rule what can be said of it, and not what the server adds', () => {
    const kept = {
      ...rule(),
      ...{ id: 3, version: 2, changedBy: 'duyet', changed: '', open: 1, may: { change: true } },
    };
    expect(fieldsOf(kept)).toEqual(rule());
  });

  test('puts a webhook among those that hear of it once, and takes it out again', () => {
    expect(withOrWithout([5, 9], 7, true)).toEqual([5, 7, 9]);
    expect(withOrWithout([5, 9], 9, true)).toEqual([5, 9]);
    expect(withOrWithout([5, 9], 5, false)).toEqual([9]);
  });
});
