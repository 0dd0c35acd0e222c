/**
 * The keeper looks what the rules find, a few seconds after something happened and now and then in any
 * case, and moves their alerts on. While nothing is different it writes nothing. What it means to write
 * it works out again within the transaction, from what is there then: somebody may have taken an alert
 * on meanwhile, or another server may have become the keeper.
 */
import type { Pool, PoolClient } from 'pg';
import { goOn, hearersOf, type News, type Standing } from '../../data/alerts/course.ts';
import { lookOver, type Found } from '../../data/alerts/found.ts';
import { NATION, levelOf } from '../../data/model/unit.ts';
import type { LiveCountry } from '../country/live.ts';
import { othersTurn } from '../progress/slices.ts';
import type { Lead } from './lead.ts';
import { messageOf, namesOn } from './message.ts';
import { putIn } from './outbox.ts';
import { forgetRemoved, listRulesToKeep, type KeptRule } from './rules.ts';
import type { Sights } from './sights.ts';
import { forgetOldAlerts, nextVersion, readStanding, writeAlert, type KeptAlert } from './store.ts';

export interface Keeper {
  /** Looks now, or once more when it is looking; resolves when that is done. */
  look(): Promise<void>;
  /** What it knows of rules and alerts may be old. */
  doubt(): void;
}

const REMEMBER_MS = 60_000;
const FORGET_MS = 24 * 3_600_000;

export function createKeeper(options: {
  pool: Pool;
  live: LiveCountry;
  sights: Sights;
  lead: Pick<Lead, 'name' | 'isOn' | 'listeningSince' | 'stay' | 'tell'>;
  /** Whether nothing may be written for want of room. */
  isFull: () => boolean;
  /** ms since 1970. */
  now: () => number;
  /** Something was put into the outbox. */
  posted: () => void;
}): Keeper {
  const { pool, live, sights, lead, isFull, now, posted } = options;
  /** Counts how often what is known was doubted. */
  let doubts = 0;
  let known: { rules: KeptRule[]; standing: Map<number, Standing[]> } | undefined;
  let looking: Promise<void> | undefined;
  let again = false;
  let rememberedAt = -Infinity;
  let forgotAt = -Infinity;

  async function lookOnce(): Promise<void> {
    if (!lead.isOn || isFull()) return;
    await stayAwake();
    const { rules, standing } = known ?? (await read());
    const on = rules.filter((rule) => rule.on);
    const sight = await sights.look(
      on.map(({ watch }) => watch),
      lead.listeningSince,
    );
    if (!sight) return;
    const find = lookOver(sight);
    for (const rule of rules) {
      await moveOn(rule, rule.on ? find(rule) : [], standing, sight.now);
      await othersTurn();
    }
  }

  async function moveOn(
    rule: KeptRule,
    found: readonly Found[],
    standing: ReadonlyMap<number, Standing[]>,
    at: number,
  ): Promise<void> {
    const steps = goOn(rule, standing.get(rule.id) ?? [], found, at);
    if (steps.length > 0) await keep(rule, found, at);
  }

  async function read(): Promise<NonNullable<typeof known>> {
    const before = doubts;
    const [rules, standing] = await Promise.all([listRulesToKeep(pool), readStanding(pool)]);
    const fresh = { rules, standing };
    // What changed meanwhile may not be in it: the next look reads again.
    if (before === doubts) known = fresh;
    return fresh;
  }

  /** Writes what becomes of the alerts of a rule, and says it. */
  async function keep(rule: KeptRule, found: readonly Found[], at: number): Promise<void> {
    const { id } = rule;
    const client = await pool.connect();
    let version: number | undefined;
    let posts = 0;
    try {
      await client.query('begin');
      if (!(await isStillKeeper(client))) {
        await client.query('rollback');
        return;
      }
      const standing = (await readStanding(client, id)).get(id) ?? [];
      let seen = false;
      for (const step of goOn(rule, standing, found, at)) {
        const kept = await writeAlert(client, rule, step.alert, provinceOf(step.alert.unit));
        seen ||= step.seen;
        posts += await post(client, rule, kept, step.news, at);
      }
      if (seen) version = await nextVersion(client);
      await client.query('commit');
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      known = undefined;
      throw error;
    } finally {
      client.release();
    }
    const after = await readStanding(pool, id);
    known?.standing.set(id, after.get(id) ?? []);
    if (version !== undefined) await lead.tell({ what: 'alerts', version });
    if (posts > 0) posted();
  }

  /** Puts what is to be said of an alert into the outbox; answers how many are to hear it. */
  async function post(
    client: PoolClient,
    rule: KeptRule,
    alert: KeptAlert,
    news: readonly News[],
    at: number,
  ): Promise<number> {
    const hearers = hearersOf(rule, alert.standing);
    if (!live.ground || hearers.length === 0 || news.length === 0) return 0;
    const names = namesOn(live.ground);
    for (const type of news) {
      const body = JSON.stringify(messageOf(type, alert, names, at));
      await putIn(client, hearers, { type, body, at });
    }
    return news.length * hearers.length;
  }

  /** Holds the row of the watch against all others until the transaction ends. */
  async function isStillKeeper(client: PoolClient): Promise<boolean> {
    const { rows } = await client.query<{ mine: boolean }>(
      'select keeper = $1 as mine from alert_watch for update',
      [lead.name],
    );
    return rows[0]?.mine === true;
  }

  async function stayAwake(): Promise<void> {
    const at = now();
    if (Math.abs(at - rememberedAt) < REMEMBER_MS) return;
    await sights.remember();
    await lead.stay();
    await forgetRemoved(pool);
    rememberedAt = at;
    if (Math.abs(at - forgotAt) < FORGET_MS) return;
    await forgetOldAlerts(pool, at);
    forgotAt = at;
  }

  function provinceOf(unit: string): string | null {
    if (unit === NATION) return null;
    return levelOf(unit) === 'province' ? unit : (live.ground?.provinceOf(unit) ?? null);
  }

  return {
    look() {
      if (looking) again = true;
      looking ??= (async () => {
        do {
          again = false;
          await lookOnce();
        } while (again);
      })().finally(() => (looking = undefined));
      return looking;
    },
    doubt() {
      doubts++;
      known = undefined;
    },
  };
}
