/**
 * Keeps the history and the plan of the living country: told from the log when they are first asked
 * for, moved on with every event, told anew where that does not do (another territory, something
 * dated back into a closed week, bulk work).
 */
import type { Pool } from 'pg';
import { METRICS, targetOf } from '../../data/country/targets.ts';
import type { Event } from '../../data/log/event.ts';
import { dayInVietnam, dayNumberOf } from '../../data/model/scalars.ts';
import { NATION } from '../../data/model/unit.ts';
import type { Ground } from '../country/ground.ts';
import type { LiveCountry } from '../country/live.ts';
import type { CoverageByMethod } from '../coverage/methods.ts';
import type { Calendar } from './calendar.ts';
import { happeningOf } from './happening.ts';
import type { History } from './history.ts';
import { makePlan, type Plan } from './plan.ts';
import { retell } from './retell.ts';

/** What the answers are made from. */
export interface Standing {
  history: History;
  ground: Ground;
  plan: Plan;
  /** The last day of the history, days since 1970. */
  today: number;
  /** Whether that is a day of the simulation. */
  simulated: boolean;
}

export interface Progress {
  /** As things stand; undefined before a territory was adopted or anything happened in it. */
  standing(): Promise<Standing | undefined>;
  /** How far that is for whoever waits for it now, 0–1. */
  readonly share: number;
}

interface Known {
  history: History;
  calendar: Calendar;
  coverage: CoverageByMethod;
  /** Something happened that is not in the history yet: it is to be told anew. */
  stale: boolean;
  /** ms since 1970. */
  toldAt: number;
  plan: MadePlan | undefined;
}

interface MadePlan {
  made: Promise<Plan>;
  /** ms since 1970. */
  madeAt: number;
  /** The last day of the history at that time. */
  today: number;
  /** Whether something that it was made from has changed since. */
  touched: boolean;
}

/** Least time between two tellings for the same country; one takes a second or two of slices. */
const REST_MS = 10_000;
/** Least time between two makings of the plan: half a second of slices. */
const PLAN_REST_MS = 30_000;
/** What a plan is made from. */
const PLAN_FIELDS = ['lon', 'lat', 'operator', 'technology', 'band', 'plannedFor', 'deadline'];
/** About how much of the time the history takes; the rest is the plan's. */
const HISTORY = 0.85;
/** How far ahead the plan is told, days: two years. */
const AHEAD_DAYS = 730;
/** What days since 1970-01-01, a Thursday, that are Sundays leave when divided by seven. */
const SUNDAY = 3;

export function createProgress(options: {
  pool: Pool;
  live: LiveCountry;
  /** ms since 1970. */
  now: () => number;
  restMs?: number;
}): Progress {
  const { pool, live, now, restMs = REST_MS } = options;
  let known: Known | undefined;
  let telling: Promise<void> | undefined;
  /** What happened while the history is being told. */
  let meanwhile: Event[] = [];
  let share = 0;

  live.onApplied((applied, reset) => {
    const events = applied.map(({ event }) => event);
    if (telling) for (const event of events) meanwhile.push(event);
    else if (known && reset) known.stale = true;
    else if (known) follow(known, events);
  });

  function follow(told: Known, events: readonly Event[]): void {
    for (const event of events) {
      if (told.stale) return;
      if (told.plan && touchesPlan(event)) told.plan.touched = true;
      told.stale = told.calendar.isSurprisedBy(event);
      const day = told.calendar.dayOf(event);
      const happening = happeningOf(event);
      if (told.history.isClosed(day)) told.stale ||= happening !== undefined;
      else if (happening) told.history.take(happening, day);
    }
    if (told.calendar.simulated !== undefined) told.history.advance(told.calendar.simulated);
  }

  async function tell(): Promise<void> {
    known = undefined;
    meanwhile = [];
    share = 0;
    const { coverage } = live;
    const told = await retell(pool, live, (told) => (share = HISTORY * told));
    if (!told || !coverage) return;
    const { history, calendar, seq } = told;
    known = { history, calendar, coverage, stale: false, toldAt: now(), plan: undefined };
    follow(
      known,
      meanwhile.filter((event) => event.seq > seq),
    );
    meanwhile = [];
  }

  function tellOnce(): Promise<void> {
    telling ??= tell().finally(() => (telling = undefined));
    return telling;
  }

  /** The history of the country as it is now: other people may come while it is being told. */
  async function toldHistory(): Promise<Known | undefined> {
    const isOld = (): boolean =>
      known === undefined ||
      known.coverage !== live.coverage ||
      (known.stale && now() - known.toldAt >= restMs);
    while (live.coverage && (telling || isOld())) await tellOnce();
    return known;
  }

  function planFor(told: Known, ground: Ground, today: number): Promise<Plan> {
    const { plan } = told;
    const isOld = !plan || plan.touched || plan.today !== today;
    if (plan && (!isOld || now() - plan.madeAt < PLAN_REST_MS)) return plan.made;
    const days = daysOf(told, today);
    const { field } = told.coverage;
    const made = makePlan(live.country, ground, field, days, (planned) => {
      share = HISTORY + (1 - HISTORY) * planned;
    });
    told.plan = { made, madeAt: now(), today, touched: false };
    return made;
  }

  return {
    get share() {
      return share;
    },
    async standing() {
      const told = await toldHistory();
      const { ground } = live;
      if (!told || !ground) return undefined;
      const { history, calendar } = told;
      const simulated = calendar.simulated !== undefined;
      if (!simulated) history.advance(dayNumberOf(dayInVietnam(now())));
      const today = history.day;
      if (today === undefined) return undefined;
      return { history, ground, plan: await planFor(told, ground, today), today, simulated };
    },
  };
}

function touchesPlan({ type, ...event }: Event): boolean {
  if (!/^(station|hamlet)\./.test(type)) return false;
  if (/\.(add|remove)$/.test(type) || event['status'] === 'retired') return true;
  return PLAN_FIELDS.some((name) => event[name] !== undefined);
}

/** Days for which the plan is told: those of the history, the targets', and Sundays on. */
function daysOf({ history }: Known, today: number): number[] {
  const days = history.pointsOf(NATION, '5g.stations').map(({ day }) => day);
  const sunday = today + ((SUNDAY - (today % 7) + 7) % 7);
  for (let day = sunday; day <= today + AHEAD_DAYS; day += 7) days.push(day);
  for (const metric of METRICS) {
    const { day } = targetOf(metric);
    if (day !== null) days.push(dayNumberOf(day));
  }
  return days;
}
