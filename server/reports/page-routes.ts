/**
 * The pages on which anyone with a commune's link reports from the field and follows what came of it.
 * They are open on a closed system too, and everything that is wrong is said on the page itself.
 */
import { Router, type Request, type Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import type { Pool } from 'pg';
import * as v from 'valibot';
import { OPERATORS, TECHNOLOGIES } from '../../data/model/things.ts';
import { statusIn } from '../../data/model/reports.ts';
import { Text } from '../../data/model/scalars.ts';
import type { LiveCountry } from '../country/live.ts';
import type { Ground } from '../country/ground.ts';
import { isSameOrigin } from '../http/identity.ts';
import type { Follower } from '../log/follow.ts';
import { cleanPhoto } from '../photos/clean.ts';
import { readForm, UnreadForm, type Form } from '../photos/form.ts';
import { BadPhoto, type CleanPhoto } from '../photos/kinds.ts';
import { readSteps } from './details.ts';
import {
  followPage,
  formPage,
  plainPage,
  tokenPage,
  type Complaint,
  type PageCommune,
  type ReportAssets,
  type Setting,
  type Typed,
} from './page.ts';
import { coarsened, pointIn, type Point } from './place.ts';
import { followedBy, receiveReport } from './receive.ts';
import { isFormKey, newFormKey, wishOf } from './secrets.ts';
import { isFlooded } from './throttle.ts';
import { pageWords, type PageLanguage, type PageWords } from './words.ts';

/** Looking a link up costs the database; nobody looks at theirs more than once a second. */
const LOOKS_A_MINUTE = 60;
/** Forms that one address sends in vain, too: reading them costs more than refusing them. */
const SENDS_A_MINUTE = 30;

/** Where the point of a report is, or what is wrong with it. */
type Placed = { exact: Point | null; coarse: Point } | Complaint;

export function reportPageRoutes(options: {
  pool: Pool;
  live: LiveCountry;
  follower: Pick<Follower, 'ring' | 'reached'>;
  assets: ReportAssets;
  publicUrl: string | undefined;
  now: () => number;
}): Router {
  const { pool, live, follower, assets, publicUrl, now } = options;
  const ownHost = publicUrl === undefined ? undefined : new URL(publicUrl).host;
  const router = Router();
  const perMinute = (limit: number) =>
    rateLimit({
      windowMs: 60_000,
      limit,
      legacyHeaders: false,
      handler(request, response) {
        const setting = settingOf(request, assets);
        const w = pageWords(setting.language);
        response.status(429).send(plainPage(setting, w.title, w.errors.busy));
      },
    });

  router.use((_request, response, next) => {
    // A page may be shown again when one goes back, with the same key in its form.
    response.set({ 'Cache-Control': 'private, no-cache', 'X-Robots-Tag': 'noindex, nofollow' });
    next();
  });

  router.get('/theo-doi', (request, response) => {
    const setting = settingOf(request, assets);
    const token = String(request.query['ma'] ?? '').trim();
    if (token === '') response.send(tokenPage(setting, false));
    else response.redirect(303, followAddress(token, setting.language));
  });

  router.get('/theo-doi/:token', perMinute(LOOKS_A_MINUTE), async (request, response) => {
    const setting = settingOf(request, assets);
    const token = String(request.params['token']);
    const id = await followedBy(pool, token);
    const { reports } = live.country.tables;
    const row = id === undefined ? undefined : reports.rowOf(id);
    if (id === undefined || row === undefined) {
      response.status(404).send(tokenPage(setting, true));
      return;
    }
    const { receivedOn, commune } = reports.record(row);
    const code = typeof commune === 'string' ? commune : '';
    response.send(
      followPage(setting, {
        commune: live.ground && communeOf(code, live.ground, setting.language),
        status: statusIn(reports.columns.status[row]),
        receivedOn: String(receivedOn),
        steps: await readSteps(pool, id),
        link: `${ownHost ?? request.get('Host') ?? ''}${followAddress(token, setting.language)}`,
        isNew: request.query['moi'] !== undefined,
      }),
    );
  });

  router.get('/:commune', (request, response) => {
    const setting = settingOf(request, assets);
    const commune = found(request, response, setting);
    if (commune) response.send(formPage(setting, commune, nothingTyped()));
  });

  router.post('/:commune', perMinute(SENDS_A_MINUTE), async (request, response) => {
    const setting = settingOf(request, assets);
    const commune = found(request, response, setting);
    const { ground } = live;
    if (!commune || !ground) return;
    const w = pageWords(setting.language);
    let typed = nothingTyped();
    const complain = (status: number, complaint: Complaint): void => {
      response.status(status).send(formPage(setting, commune, typed, complaint));
    };
    if (!isSameOrigin(request, publicUrl)) return complain(403, { message: w.errors.notAForm });
    // One home or phone has a whole network of IPv6.
    const address = ipKeyGenerator(request.ip ?? '', 64);
    if (await isFlooded(pool, address, commune.code)) {
      // What was typed is worth reading, to be shown again.
      const form = await readForm(request).catch(() => undefined);
      if (form) typed = typedIn(form);
      return complain(429, { message: w.errors.flooded });
    }
    let form: Form;
    try {
      form = await readForm(request);
    } catch (error) {
      if (!(error instanceof UnreadForm)) throw error;
      if (error.why === 'too_large') response.set('Connection', 'close');
      return complain(STATUS_OF_UNREAD[error.why], { message: messageOfUnread(error, w) });
    }
    typed = typedIn(form);
    if (form.tooLarge) return complain(413, { message: w.errors.photoSize });
    if (!isFormKey(form.fields['key'] ?? '')) return complain(400, { message: w.errors.key });
    const wrong = wrongIn(typed, form.fields['website'] ?? '', w);
    if (wrong) return complain(400, { message: wrong });
    let photo: CleanPhoto | null;
    try {
      photo = form.photo && cleanPhoto(form.photo);
    } catch (error) {
      if (!(error instanceof BadPhoto)) throw error;
      const [status, message] = {
        kind: [415, w.errors.photoKind] as const,
        broken: [415, w.errors.photoBroken] as const,
        dots: [413, w.errors.photoSize] as const,
      }[error.why];
      return complain(status, { message });
    }
    const placed = placedIn(form, commune, ground, setting);
    if ('message' in placed) return complain(422, placed);
    const answer = await receiveReport(
      { pool, follower, now: now() },
      {
        ...{ commune: commune.code, address, photo, ...placed },
        wish: wishOf(typed.key, [
          commune.code,
          ...[typed.operator, typed.what, typed.coordinates, typed.words.trim()],
        ]),
        operator: OPERATORS.find((one) => one === typed.operator) ?? null,
        technology: TECHNOLOGIES.find((one) => one === typed.what) ?? null,
        words: typed.words.trim().normalize('NFC'),
        contact: typed.contact.trim().normalize('NFC'),
        language: setting.language,
      },
    );
    if (answer === 'flooded') return complain(429, { message: w.errors.flooded });
    response.redirect(303, followAddress(answer.token, setting.language, true));
  });

  /** The commune of the address; where there is none, the page says so. */
  function found(request: Request, response: Response, setting: Setting): PageCommune | undefined {
    const w = pageWords(setting.language);
    const code = String(request.params['commune']);
    if (!live.ground) {
      response.status(503).send(plainPage(setting, w.title, w.closed));
      return undefined;
    }
    const commune = communeOf(code, live.ground, setting.language);
    if (!commune)
      response.status(404).send(plainPage(setting, w.noCommune, w.noCommuneWhy(code.slice(0, 20))));
    return commune;
  }

  return router;
}

const STATUS_OF_UNREAD = { not_a_form: 415, too_large: 413, broken: 400, busy: 503 } as const;

function messageOfUnread({ why }: UnreadForm, { errors }: PageWords): string {
  return {
    not_a_form: errors.notAForm,
    too_large: errors.photoSize,
    broken: errors.broken,
    busy: errors.busy,
  }[why];
}

function settingOf(request: Request, assets: ReportAssets): Setting {
  return { language: request.query['lang'] === 'en' ? 'en' : 'vi', assets };
}

function nothingTyped(): Typed {
  return { key: newFormKey(), operator: '', what: '', coordinates: '', words: '', contact: '' };
}

function typedIn({ fields }: Form): Typed {
  const key = fields['key'] ?? '';
  return {
    key: isFormKey(key) ? key : newFormKey(),
    operator: fields['operator'] ?? '',
    what: fields['what'] ?? '',
    coordinates: (fields['coordinates'] ?? '').trim(),
    // Browsers send the end of a line as two letters and count it as one.
    words: (fields['words'] ?? '').replace(/\r\n?/g, '\n'),
    contact: fields['contact'] ?? '',
  };
}

/** What has to be put right before anything else is looked at; undefined when nothing. */
function wrongIn(
  { operator, words, contact }: Typed,
  website: string,
  { errors }: PageWords,
): string | undefined {
  // A machine fills in everything; a browser may have done so for a person, who is told.
  if (website !== '') return errors.trap;
  if (operator !== 'all' && !OPERATORS.some((one) => one === operator)) return errors.operator;
  if (words.trim() !== '' && !v.is(Text, words)) return errors.words;
  if (contact.trim() !== '' && !v.is(v.pipe(Text, v.maxLength(200)), contact))
    return errors.contact;
  return undefined;
}

function placedIn(
  { fields }: Form,
  commune: PageCommune,
  ground: Ground,
  { language }: Setting,
): Placed {
  const { errors } = pageWords(language);
  const text = (fields['coordinates'] ?? '').trim();
  if (text === '' || fields['anyway'] === '1') {
    const [lon, lat] = ground.territory.centreOf(commune.code);
    return { exact: null, coarse: coarsened({ lon, lat }, ground.communeAt) };
  }
  const exact = pointIn(text);
  if (!exact) return { message: errors.coordinates, withoutPoint: true };
  const there = ground.communeAt(exact.lon, exact.lat);
  if (there === commune.code) return { exact, coarse: coarsened(exact, ground.communeAt) };
  const elsewhere = there === undefined ? undefined : communeOf(there, ground, language);
  return elsewhere
    ? {
        message: errors.elsewhere(text, elsewhere.name, commune.name),
        elsewhere,
        withoutPoint: true,
      }
    : { message: errors.nowhere(text), withoutPoint: true };
}

function communeOf(
  code: string,
  { territory: { communes, provinces } }: Ground,
  language: PageLanguage,
): PageCommune | undefined {
  const commune = communes.find((one) => one.code === code);
  if (!commune) return undefined;
  const province = provinces.find((one) => one.code === commune.province);
  return language === 'en'
    ? { code, name: commune.nameEn, province: province?.nameEn ?? '' }
    : { code, name: commune.name, province: province?.name ?? '' };
}

function followAddress(token: string, language: PageLanguage, isNew = false): string {
  const query = [isNew ? 'moi' : '', language === 'en' ? 'lang=en' : ''].filter(Boolean).join('&');
  return `/bao/theo-doi/${encodeURIComponent(token)}${query && `?${query}`}`;
}
