/**
 * Photos as they are kept: in a table of the same database, so that every server and a backup have
 * them, and so that they can be erased. One that shows nothing a day after it came goes again, unless a proposal waits that names it.
 */
import { randomBytes } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import type { CleanPhoto, PhotoKind } from './kinds.ts';

export interface StoredPhoto {
  kind: PhotoKind;
  bytes: Buffer;
  by: string;
  /** The thing that it shows; null while nothing has been said of it. */
  subject: number | null;
}

/** Stores a photo and answers its id: 16 random bytes, which nobody guesses. */
export async function storePhoto(
  db: Pool | PoolClient,
  { kind, width, height, bytes }: CleanPhoto,
  by: string,
): Promise<string> {
  const id = randomBytes(16).toString('base64url');
  await db.query(
    'insert into photos (id, kind, width, height, bytes, by) values ($1, $2, $3, $4, $5, $6)',
    [id, kind, width, height, bytes, by],
  );
  await db.query(
    `delete from photos where subject is null and stored < now() - interval '1 day'
     and not exists (select from proposals where state in ('open', 'outdated') and command->>'photo' = photos.id)`,
  );
  return id;
}

export async function readPhoto(pool: Pool, id: string): Promise<StoredPhoto | undefined> {
  const { rows } = await pool.query<{
    kind: PhotoKind;
    bytes: Buffer;
    by: string;
    subject: string | null;
  }>('select kind, bytes, by, subject from photos where id = $1', [id]);
  const row = rows[0];
  return row && { ...row, subject: row.subject === null ? null : Number(row.subject) };
}

/** Ids of the photos of a thing, newest first. */
export async function photosOf(pool: Pool, subject: number): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    'select id from photos where subject = $1 order by stored desc, id',
    [subject],
  );
  return rows.map(({ id }) => id);
}

/** Whether somebody stored a photo that shows nothing yet. */
export async function isFreePhoto(pool: Pool, id: string, by: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    'select from photos where id = $1 and by = $2 and subject is null',
    [id, by],
  );
  return rowCount === 1;
}

/** Says what a photo shows; who said so first is believed. */
export async function attachPhoto(db: PoolClient, id: string, subject: number): Promise<void> {
  await db.query('update photos set subject = $2 where id = $1 and subject is null', [id, subject]);
}
