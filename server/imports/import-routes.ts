/** Importing over HTTP: send a file, see what it comes to row by row, apply it, take it back. */
import { setTimeout as wait } from 'node:timers/promises';
import { json, Router, type ErrorRequestHandler, type Request, type Response } from 'express';
import type { Pool } from 'pg';
import * as v from 'valibot';
import { KINDS } from '../../data/imports/kinds.ts';
import { Id, UnitCode } from '../../data/model/scalars.ts';
import {
  ApplyImport,
  ImportMapping,
  ImportRequest,
  OUTCOMES,
  type ImportSeen,
} from '../../data/wire/imports.ts';
import { NATION } from '../../data/model/unit.ts';
import type { Account } from '../../data/model/account.ts';
import { proposes, provincesOf } from '../../data/wire/authority.ts';
import { accountOfRequest } from '../http/identity.ts';
import { refuse, refuseInvalid } from '../http/refusal.ts';
import { askingProvinces } from '../review/required.ts';
import { applyImport, type Applying } from './applying.ts';
import type { Imports } from './imports.ts';
import { readPoints, readRows } from './kept-rows.ts';
import { rememberedMapping } from './mappings.ts';
import { receive } from './receiving.ts';
import { refusedAsCsv } from './refused-file.ts';
import { ImportRefused } from './refused.ts';
import { mayWith, sightOf } from './seeing.ts';
import { deleteImport, listImports, readKept, type KeptImport } from './store.ts';
import { undoImport } from './undoing.ts';

/** A file that is too large goes on coming for a while: cut off at once, its sender hears nothing. */
const DRAIN_MS = 20_000;

const Address = v.object({ id: v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.toNumber(), Id) });
const whole = (usual: string, most: number) =>
  v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,7}$/, 'must be a whole number'),
      v.toNumber(),
      v.maxValue(most),
    ),
    usual,
  );
const RowsQuery = v.strictObject({
  outcome: v.optional(v.picklist([...OUTCOMES, 'near', 'left'])),
  offset: whole('0', 1_000_000),
  /** The page on which this row stands, rather than the one at `offset`. */
  holding: v.optional(
    v.pipe(v.string(), v.regex(/^\d{1,7}$/, 'must be a whole number'), v.toNumber()),
  ),
  limit: whole('100', 1_000),
});
const MappingQuery = v.strictObject({
  kind: v.picklist(KINDS),
  unit: v.optional(UnitCode, NATION),
});
const LanguageQuery = v.object({ lang: v.optional(v.picklist(['vi', 'en']), 'vi') });

export function importRoutes(imports: Imports, applying: Applying): Router {
  const { pool, live } = applying;
  const router = Router();
  const body = json({ limit: '256kb' });

  router.post('/', async (request, response) => {
    const account = await signedIn(pool, request, response);
    if (!account) {
      await drain(request, response);
      return;
    }
    try {
      const received = await receive(request);
      const wish = v.safeParse(ImportRequest, received.fields);
      if (!wish.success) {
        await received.forget();
        refuseInvalid(response, wish.issues);
        return;
      }
      const { kind, unit, mapping } = wish.output;
      const id = await imports.begin({ kind, unit, mapping }, received, account);
      response.status(202).location(`/api/imports/${id}`).json({ id });
    } catch (error) {
      if (!(error instanceof ImportRefused)) throw error;
      refuseFile(response, error);
      await drain(request, response);
    }
  });

  router.get('/', async (request, response) => {
    const account = await signedIn(pool, request, response);
    if (!account) return;
    const listed = await listImports(pool, sightOf(account, live.ground));
    const required = await askingProvinces(pool);
    const seen = listed.flatMap((kept) => seenBy(account, kept, required) ?? []);
    response.set('Cache-Control', 'no-store').json(seen);
  });

  router.get('/mapping', async (request, response) => {
    const query = v.safeParse(MappingQuery, request.query);
    if (!query.success) refuseInvalid(response, query.issues);
    else if (await signedIn(pool, request, response)) {
      const { kind, unit } = query.output;
      response.json((await rememberedMapping(pool, unit, kind)) ?? null);
    }
  });

  router.get('/:id', async (request, response) => {
    const found = await foundFor(request, response);
    if (found) response.set('Cache-Control', 'no-store').json(found.job);
  });

  router.delete('/:id', async (request, response) => {
    const found = await foundFor(request, response, 'change');
    if (!found) return;
    const { id, state } = found.job;
    if (state === 'ready' || state === 'failed') {
      await deleteImport(pool, id);
      response.json({});
    } else
      refuse(response, {
        code: 'in_use',
        message: `Import ${id} is ${state}: only what was not applied can be thrown away.`,
      });
  });

  router.get('/:id/rows', async (request, response) => {
    const query = v.safeParse(RowsQuery, request.query);
    if (!query.success) {
      refuseInvalid(response, query.issues);
      return;
    }
    const found = await foundFor(request, response);
    if (!found) return;
    response
      .set('Cache-Control', 'no-store')
      .json(await readRows(pool, found.job.id, query.output));
  });

  router.get('/:id/points', async (request, response) => {
    const found = await foundFor(request, response);
    if (found) response.set('Cache-Control', 'no-store').json(await readPoints(pool, found.job.id));
  });

  router.get('/:id/refused.csv', async (request, response) => {
    const query = v.safeParse(LanguageQuery, request.query);
    const found = await foundFor(request, response);
    if (!found) return;
    const language = query.success ? query.output.lang : 'vi';
    response.set({
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="khong-nhan-${found.job.id}.csv"`,
      'Cache-Control': 'no-store',
    });
    for await (const part of refusedAsCsv(pool, found.job, language))
      if (!response.write(part) && !response.destroyed)
        await new Promise<void>((resolve) => {
          response.once('drain', resolve);
          response.once('close', resolve);
        });
    response.end();
  });

  router.post('/:id/mapping', body, async (request, response) => {
    const found = await foundFor(request, response, 'change');
    const mapping = found && parse(ImportMapping, request, response);
    if (!found || !mapping) return;
    try {
      await imports.readAgain(found.job.id, mapping, found.account);
      response.status(202).json({ id: found.job.id });
    } catch (error) {
      if (!(error instanceof ImportRefused)) throw error;
      refuseFile(response, error);
    }
  });

  router.post('/:id/apply', body, async (request, response) => {
    const found = await foundFor(request, response, 'change');
    const wish = found && parse(ApplyImport, request, response);
    if (!found || !wish) return;
    const answer = await applyImport(found.job, wish, found.account, applying);
    if ('code' in answer) refuse(response, answer);
    // What was only proposed has not happened yet.
    else response.status('proposal' in answer ? 202 : 200).json(answer);
  });

  router.post('/:id/undo', async (request, response) => {
    const found = await foundFor(request, response, 'undo');
    if (!found) return;
    const answer = await undoImport(found.job, found.account, applying);
    if ('code' in answer) refuse(response, answer);
    else response.json(answer);
  });

  router.use(refuseUnreadable);

  /** The import of the address and who asks; where that may not be, the request is refused. */
  async function foundFor(
    request: Request,
    response: Response,
    to: 'see' | keyof ImportSeen['may'] = 'see',
  ): Promise<{ job: ImportSeen; account: Account } | undefined> {
    const account = await signedIn(pool, request, response);
    if (!account) return undefined;
    const address = v.safeParse(Address, request.params);
    const kept = address.success ? await readKept(pool, address.output.id) : undefined;
    if (!kept) {
      const id = String(request.params['id']);
      refuse(response, { code: 'not_found', message: `There is no import ${id}.`, path: 'id' });
      return undefined;
    }
    const job = seenBy(account, kept, await askingProvinces(pool));
    if (job && (to === 'see' || job.may[to])) return { job, account };
    refuse(response, { code: 'forbidden', message: `This import belongs to ${kept.job.author}.` });
    return undefined;
  }

  function seenBy(
    account: Account,
    { job, units }: KeptImport,
    required: ReadonlySet<string>,
  ): ImportSeen | undefined {
    const { author, unit, state } = job;
    const provinceOf = (commune: string): string | undefined => live.ground?.provinceOf(commune);
    const may = mayWith({ author, unit, units, state }, account, provinceOf);
    const provinces = proposes(account) ? provincesOf(units ?? [], provinceOf) : [];
    const asking = provinces.filter((province) => required.has(province));
    // Taking it back cannot be proposed: where approval is asked for, an approver does it.
    return may && { ...job, asking, may: { ...may, undo: may.undo && asking.length === 0 } };
  }

  return router;
}

async function signedIn(
  pool: Pool,
  request: Request,
  response: Response,
): Promise<Account | undefined> {
  const account = await accountOfRequest(pool, request);
  if (!account)
    refuse(response, {
      code: 'unauthenticated',
      message: 'Sign in first: an import belongs to its maker.',
    });
  return account;
}

function parse<S extends v.GenericSchema>(
  schema: S,
  request: Request,
  response: Response,
): v.InferOutput<S> | undefined {
  const parsed = v.safeParse(schema, request.body);
  if (parsed.success) return parsed.output;
  refuseInvalid(response, parsed.issues);
  return undefined;
}

function refuseFile(response: Response, { code, reason, message }: ImportRefused): void {
  refuse(response, { code, message, reason: { is: 'file', what: reason }, path: 'file' });
}

/** Lets what still comes run into nothing, so that the answer is heard; then closes the line. */
async function drain(request: Request, response: Response): Promise<void> {
  if (request.complete) return;
  request.unpipe();
  request.resume();
  const stop = new AbortController();
  request.once('end', () => stop.abort());
  request.once('close', () => stop.abort());
  await wait(DRAIN_MS, undefined, { signal: stop.signal, ref: false }).catch(() => undefined);
  if (!request.complete) response.socket?.destroy();
}

const refuseUnreadable: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (error instanceof ImportRefused) refuseFile(response, error);
  else next(error);
};
