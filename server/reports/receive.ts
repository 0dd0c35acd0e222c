/**
 * Taking a report in: its photo, its event in the log, what is personal beside it, and the link to
 * follow it, as one transaction. The same form again leads to the same report.
 */
import type { Pool } from 'pg';
import { dayInVietnam } from '../../data/model/scalars.ts';
import type { Operator, Technology } from '../../data/model/things.ts';
import { together } from '../database/together.ts';
import { append, Conflict } from '../log/append.ts';
import type { Follower } from '../log/follow.ts';
import { answerTo } from '../log/read.ts';
import type { CleanPhoto } from '../photos/kinds.ts';
import { attachPhoto, storePhoto } from '../photos/store.ts';
import { keepDetails } from './details.ts';
import type { Point } from './place.ts';
import { eventKeyOf, fingerprintOf, followTokenOf } from './secrets.ts';
import { countSend } from './throttle.ts';

/** Who the log says reported: nobody by name. */
const PUBLIC = 'public';
const APPLIED_WITHIN_MS = 10_000;

export interface NewReport {
  /** The form's key and what was typed: the same again is the same report. */
  wish: string;
  commune: string;
  /** Network that it comes from, for the throttle. */
  address: string;
  operator: Operator | null;
  technology: Technology | null;
  /** The point as it was given; null for none. */
  exact: Point | null;
  /** What everybody sees of it. */
  coarse: Point;
  words: string;
  contact: string;
  photo: CleanPhoto | null;
  language: string;
}

/** Answers the follow token, or that too many came. */
export async function receiveReport(
  {
    pool,
    follower,
    now,
  }: { pool: Pool; follower: Pick<Follower, 'ring' | 'reached'>; now: number },
  report: NewReport,
): Promise<{ token: string } | 'flooded'> {
  const token = followTokenOf(report.wish);
  const key = eventKeyOf(report.wish);
  if (await answerTo(pool, key)) return { token };
  const day = dayInVietnam(now);
  try {
    const seq = await together(pool, async (client) => {
      if (!(await countSend(client, report.address, report.commune))) return undefined;
      const photo = report.photo && (await storePhoto(client, report.photo, PUBLIC));
      const [done] = await append(client, [
        {
          ...{ type: 'report.add', by: PUBLIC, key, effective: day, version: 1 },
          fields: {
            ...report.coarse,
            approximatePlace: report.exact === null,
            ...(report.operator ? { operator: report.operator } : {}),
            ...(report.technology ? { technology: report.technology } : {}),
            ...{ status: 'received', receivedOn: day, simulated: false, source: '' },
          },
        },
      ]);
      if (!done) throw new Error('the log answered nothing for a report');
      if (photo !== null) await attachPhoto(client, photo, done.id);
      const { words, contact, exact: place, language } = report;
      await keepDetails(client, done.id, { words, contact, place, photo, language });
      await client.query('insert into report_followers (token, report) values ($1, $2)', [
        fingerprintOf(token),
        done.id,
      ]);
      return done.seq;
    });
    if (seq === undefined) return 'flooded';
    follower.ring();
    // Whoever follows the link finds the report there; a server that is behind shows it a little later.
    await follower.reached(seq, APPLIED_WITHIN_MS).catch(() => undefined);
    return { token };
  } catch (error) {
    // The same form came twice at once, and the other one was first.
    if (error instanceof Conflict && error.on === 'key') return { token };
    throw error;
  }
}

/** The report that a token follows; undefined for none. */
export async function followedBy(pool: Pool, token: string): Promise<number | undefined> {
  const fingerprint = fingerprintOf(token);
  if (fingerprint === undefined) return undefined;
  const { rows } = await pool.query<{ report: string }>(
    'select report from report_followers where token = $1',
    [fingerprint],
  );
  return rows[0] && Number(rows[0].report);
}
