/**
 * What a command brings along that is no field of its thing: a photo of it, or words for the one who
 * reported it. It is stored with the event, both or neither.
 */
import type { Pool } from 'pg';
import type { Fields } from '../../data/model/table.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import { together } from '../database/together.ts';
import { append, type Appended, type NewEvent } from '../log/append.ts';
import { attachPhoto, isFreePhoto } from '../photos/store.ts';
import { keepAnswer } from '../reports/details.ts';

export interface Beside {
  photo?: string;
  answer?: string;
}

/** What a command brings along. */
export function besideOf(command: object): Beside {
  return setApart(command as Fields).beside;
}

/** Takes it from among the fields. */
export function setApart({ photo, answer, ...fields }: Fields): { fields: Fields; beside: Beside } {
  const beside: Beside = {};
  if (typeof photo === 'string') beside.photo = photo;
  if (typeof answer === 'string') beside.answer = answer;
  return { fields, beside };
}

/** Whether it is there to be brought along: a photo that the same person has just stored. */
export async function wrongBeside(
  pool: Pool,
  { photo }: Beside,
  by: string,
): Promise<Refusal | undefined> {
  if (photo === undefined || (await isFreePhoto(pool, photo, by))) return undefined;
  return {
    code: 'invalid',
    message: `photo: ${by} has stored no photo ${photo} that shows nothing else yet`,
    path: 'photo',
  };
}

/** Appends an event with what comes beside it; a `Conflict` like `append`. */
export async function appendBeside(
  pool: Pool,
  event: NewEvent,
  beside: Beside,
): Promise<Appended | undefined> {
  const { photo, answer } = beside;
  if (photo === undefined && answer === undefined) return (await append(pool, [event]))[0];
  return together(pool, async (client) => {
    const [done] = await append(client, [event]);
    if (done && photo !== undefined) await attachPhoto(client, photo, done.id);
    if (done && answer !== undefined) await keepAnswer(client, event.key, done.id, answer);
    return done;
  });
}
