/** Photos of what is reported and built: taken in from those who are signed in, shown to those there. */
import { Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { Pool } from 'pg';
import { TABLE_OF, type Noun } from '../../data/log/event.ts';
import { PhotoId, Id } from '../../data/model/scalars.ts';
import type { Table } from '../../data/model/table.ts';
import { communeCodeOf, NATION } from '../../data/model/unit.ts';
import { holds } from '../../data/wire/authority.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import { MOST_PHOTO_BYTES } from '../../data/wire/photos.ts';
import * as v from 'valibot';
import type { Session } from '../accounts/sessions.ts';
import type { LiveCountry } from '../country/live.ts';
import { personOfRequest } from '../http/identity.ts';
import { refuse } from '../http/refusal.ts';
import { cleanPhoto } from './clean.ts';
import { readForm, UnreadForm } from './form.ts';
import { BadPhoto } from './kinds.ts';
import { photosOf, readPhoto, storePhoto } from './store.ts';

/** A person in the field takes one with each station; a minute is enough for a few. */
const PHOTOS_A_MINUTE = 30;
/** Nouns whose things stand in a commune and may be shown in photos. */
const SHOWN = ['station', 'report'] as const satisfies Noun[];
const Subject = v.pipe(v.string(), v.regex(/^\d{1,10}$/), v.toNumber(), Id);

export function photoRoutes(pool: Pool, live: LiveCountry): Router {
  const router = Router();
  const throttle = rateLimit({
    windowMs: 60_000,
    limit: PHOTOS_A_MINUTE,
    legacyHeaders: false,
    handler: (_request, response) =>
      refuse(response, {
        code: 'too_many',
        message: 'Too many photos: wait a minute.',
        reason: { is: 'too_often', times: PHOTOS_A_MINUTE, seconds: 60 },
      }),
  });

  router.post('/photos', throttle, async (request, response) => {
    const person = await personOfRequest(pool, request);
    if (!person) return refuse(response, SIGN_IN);
    if (person.role === 'viewer')
      return refuse(response, {
        code: 'forbidden',
        message: `${person.name} is viewer, who shows no photos.`,
        path: 'role',
      });
    try {
      const { photo, tooLarge } = await readForm(request);
      if (tooLarge) return refuse(response, TOO_LARGE);
      if (!photo)
        return refuse(response, {
          code: 'invalid',
          message: 'photo: there is no file in the field',
          path: 'photo',
          reason: { is: 'missing' },
        });
      const id = await storePhoto(pool, cleanPhoto(photo), person.name);
      response.status(201).json({ photo: id });
    } catch (error) {
      if (error instanceof BadPhoto)
        refuse(response, {
          code: error.why === 'dots' ? 'too_large' : 'unsupported',
          message: `photo: ${error.message}`,
          path: 'photo',
          reason: { is: 'photo', what: error.why },
        });
      else if (error instanceof UnreadForm) {
        if (error.why === 'too_large') response.set('Connection', 'close');
        refuse(response, UNREAD[error.why]);
      } else throw error;
    }
  });

  /** The photos of a thing, newest first. */
  router.get('/photos', async (request, response) => {
    const person = await personOfRequest(pool, request);
    if (!person) return refuse(response, SIGN_IN);
    const subject = v.safeParse(Subject, request.query['of']);
    if (!subject.success)
      return refuse(response, {
        code: 'invalid',
        message: 'of: must be the id of a thing',
        path: 'of',
        reason: { is: 'format' },
      });
    const isThere = maySee(person, subject.output);
    response
      .set('Cache-Control', 'private, no-store')
      .json(isThere ? await photosOf(pool, subject.output) : []);
  });

  router.get('/photos/:id', async (request, response) => {
    const person = await personOfRequest(pool, request);
    if (!person) return refuse(response, SIGN_IN);
    const id = v.safeParse(PhotoId, request.params['id']);
    const photo = id.success ? await readPhoto(pool, id.output) : undefined;
    // One that somebody may not see is told from one that is not there by nobody.
    const visible =
      photo && (photo.subject === null ? photo.by === person.name : maySee(person, photo.subject));
    if (!photo || visible !== true)
      return refuse(response, { code: 'not_found', message: 'There is no such photo.' });
    response
      .set({
        'Content-Type': `image/${photo.kind}`,
        'Content-Disposition': `inline; filename="photo.${photo.kind}"`,
        'X-Content-Type-Options': 'nosniff',
        // It never changes; it may be erased, so it is asked for again.
        'Cache-Control': 'private, no-cache',
      })
      .send(photo.bytes);
  });

  /** Whether the units of a person hold the commune in which a thing stands. */
  function maySee(person: Session, subject: number): boolean {
    for (const noun of SHOWN) {
      const table: Table = live.country.tables[TABLE_OF[noun]];
      const row = table.rowOf(subject);
      if (row === undefined) continue;
      const commune = Number((table as Table<'stations'>).columns.commune[row] ?? 0);
      const unit = commune === 0 ? NATION : communeCodeOf(commune);
      return holds(person, unit, (code) => live.ground?.provinceOf(code));
    }
    return false;
  }

  return router;
}

const SIGN_IN: Refusal = { code: 'unauthenticated', message: 'Sign in first.' };
const TOO_LARGE: Refusal = {
  code: 'too_large',
  message: `photo: may be ${MOST_PHOTO_BYTES} bytes long`,
  path: 'photo',
  reason: { is: 'photo_bytes', limit: MOST_PHOTO_BYTES },
};
const UNREAD: Record<UnreadForm['why'], Refusal> = {
  not_a_form: { code: 'unsupported', message: 'Send multipart/form-data with the field photo.' },
  too_large: TOO_LARGE,
  broken: {
    code: 'invalid',
    message: 'The form cannot be read.',
    reason: { is: 'kind', wanted: 'parts' },
  },
  busy: { code: 'unavailable', message: 'Too many photos are on their way: try again.' },
};
