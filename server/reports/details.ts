/**
 * What lies beside the log of a report: its words, its exact place, how to reach whoever sent it, and
 * what the commune answered. It can be erased; the report in the log, which names nobody, stays.
 */
import type { Pool, PoolClient } from 'pg';
import type { ReportStatus } from '../../data/model/things.ts';
import type { ReportDetails, ReportStep } from '../../data/wire/reports.ts';

/** What is personal in a report, as it comes. */
export interface NewDetails {
  words: string;
  contact: string;
  /** The point as it was given, degrees; null for none. */
  place: { lon: number; lat: number } | null;
  /** Id of a stored photo. */
  photo: string | null;
  language: string;
}

export async function keepDetails(
  db: PoolClient,
  report: number,
  { words, contact, place, photo, language }: NewDetails,
): Promise<void> {
  await db.query(
    `insert into report_details (report, words, contact, lon, lat, photo, language)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [report, words, contact, place?.lon ?? null, place?.lat ?? null, photo, language],
  );
}

/** Keeps what the reporter is told with the step of an event, by the event's key. */
export async function keepAnswer(
  db: PoolClient,
  key: string,
  report: number,
  words: string,
): Promise<void> {
  await db.query('insert into report_answers (key, report, words) values ($1, $2, $3)', [
    key,
    report,
    words,
  ]);
}

/** The details of a report; all empty where there are none, as of a simulated one. */
export async function readDetails(pool: Pool, report: number): Promise<ReportDetails> {
  const { rows } = await pool.query<{
    words: string;
    contact: string;
    lon: number | null;
    lat: number | null;
    photo: string | null;
    erased: Date | null;
    erased_by: string | null;
  }>(
    `select words, contact, lon, lat, photo, erased, erased_by
     from report_details where report = $1`,
    [report],
  );
  const row = rows[0];
  return {
    id: report,
    words: row?.words ?? '',
    contact: row?.contact ?? '',
    place: row && row.lon !== null && row.lat !== null ? { lon: row.lon, lat: row.lat } : null,
    photo: row?.photo ?? null,
    erased:
      row?.erased && row.erased_by !== null
        ? { at: row.erased.toISOString(), by: row.erased_by }
        : null,
    steps: await readSteps(pool, report),
  };
}

/** The steps of a report, oldest first, with what was answered. */
export async function readSteps(pool: Pool, report: number): Promise<ReportStep[]> {
  const { rows } = await pool.query<{
    at: Date;
    by: string;
    status: ReportStatus;
    answer: string | null;
  }>(
    `select e.at, e.by, e.data->>'status' as status, a.words as answer
     from events e left join report_answers a on a.key = e.key
     where e.subject = $1 order by e.version`,
    [report],
  );
  return rows.map(({ at, by, status, answer }) => ({
    at: at.toISOString(),
    by,
    status,
    answer: answer ?? '',
  }));
}

/** Takes words, place, contact and photo away for good; answers whether there were any. */
export async function eraseDetails(pool: Pool, report: number, by: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `with gone as (delete from photos where subject = $1)
     update report_details
     set words = '', contact = '', lon = null, lat = null, photo = null,
         erased = now(), erased_by = $2
     where report = $1 and erased is null`,
    [report, by],
  );
  return rowCount === 1;
}
