/**
 * Rules of alerts: what is watched, where, how bad it is, when it may disturb, and who hears of it
 * when nobody answers. What a rule finds is worked out from the country alone (`found.ts`); what
 * becomes of it over time is `course.ts`.
 */
import * as v from 'valibot';
import { Line, UnitCode } from '../model/scalars.ts';

const whole = (from: number, to: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(from), v.maxValue(to));

/** What of the country a rule watches. */
export const Watch = v.variant('what', [
  /** A commune of the data network that reaches no central node, for so long. */
  v.strictObject({ what: v.literal('commune_cut'), minutes: whole(0, 1_440) }),
  /** The share of a province's people with a signal of a kind has fallen by so many percentage points. */
  v.strictObject({
    what: v.literal('coverage_falling'),
    field: v.picklist(['covered', '4g', '5g']),
    points: v.pipe(v.number(), v.minValue(0.1), v.maxValue(100)),
    hours: whole(1, 720),
  }),
  /** A station out of service for longer; `alone`: only in a commune in which no other is on air. */
  v.strictObject({ what: v.literal('station_down'), hours: whole(0, 720), alone: v.boolean() }),
  /** A hamlet, or a task of a programme, whose day has passed, or comes within so many days. */
  v.strictObject({
    what: v.literal('deadline'),
    of: v.picklist(['hamlets', 'duties']),
    daysBefore: whole(0, 90),
  }),
  /** A province from which nothing has come for so long. */
  v.strictObject({ what: v.literal('silent'), hours: whole(1, 720) }),
]);
export type Watch = v.InferOutput<typeof Watch>;

export const SEVERITIES = ['notice', 'warning', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** A time of the day in Viet Nam, `22:00`. */
const TimeOfDay = v.pipe(
  v.string(),
  v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time from 00:00 to 23:59'),
);

/** Between these it is kept and listed, and disturbs nobody; `from` may be later than `until`. */
export const QuietHours = v.pipe(
  v.strictObject({ from: TimeOfDay, until: TimeOfDay }),
  v.check(({ from, until }) => from !== until, 'must end at another time than they begin'),
);
export type QuietHours = v.InferOutput<typeof QuietHours>;

const WebhookId = whole(1, 2_147_483_647);

/** What an alert becomes that nobody has acknowledged in time. */
const Escalation = v.strictObject({
  afterMinutes: whole(1, 10_080),
  severity: v.picklist(SEVERITIES),
  /** Who hears of it then, beside those of the rule. */
  webhooks: v.pipe(v.array(WebhookId), v.maxLength(20)),
});
export type Escalation = v.InferOutput<typeof Escalation>;

export const RuleFields = v.strictObject({
  name: v.pipe(Line, v.maxLength(100)),
  on: v.boolean(),
  watch: Watch,
  /** The nation or provinces. */
  units: v.pipe(
    v.array(v.pipe(UnitCode, v.maxLength(2, 'must be vn or a province'))),
    v.minLength(1, 'must name a unit'),
    v.maxLength(40),
    v.transform((units) => [...new Set(units)].sort()),
  ),
  severity: v.picklist(SEVERITIES),
  /** Whether it interrupts the tours of walls. */
  wall: v.boolean(),
  /**
   * Minutes for which what was found must be gone before the alert is over: what comes back sooner is
   * the same alert, once more.
   */
  settleMinutes: whole(0, 1_440),
  quiet: v.nullable(QuietHours),
  escalation: v.nullable(Escalation),
  /** Who hears of it outside of the page. */
  webhooks: v.pipe(v.array(WebhookId), v.maxLength(20)),
});
export type RuleFields = v.InferOutput<typeof RuleFields>;

/**
 * Alerts that one rule has at the same time; a rule that would have more when it is saved is refused,
 * and one that comes to more later raises one alert that says how many.
 */
export const MOST_OF_A_RULE = 200;
export const MOST_RULES = 100;
