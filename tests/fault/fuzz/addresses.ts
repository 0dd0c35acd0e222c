/** Requests to every address that the server's own sources name, and to some that they do not. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import {
  ChangeAccount,
  ChangePassword,
  NewAccount,
  NewDisplay,
} from '../../../data/wire/accounts.ts';
import { Acknowledge, SaveRule, SaveWebhook } from '../../../data/wire/alerts.ts';
import { Command } from '../../../data/wire/commands.ts';
import { ApplyImport } from '../../../data/wire/imports.ts';
import { PlanRequest } from '../../../data/wire/plans.ts';
import { AcceptProposal, RequireReview, ReturnProposal } from '../../../data/wire/review.ts';
import { ApproveScenario, SaveScenario, WhatIf } from '../../../data/wire/scenarios.ts';
import type { Random } from '../../../server/demo/random.ts';
import { oddText, oddValue, spoilt, valueFor, type Named } from './values.ts';

export interface Input {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | undefined;
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'] as const;
const SERVER = path.resolve(import.meta.dirname, '../../../server');

/** Addresses as the sources write them: what is mounted, and what stands in each router. */
function namedAddresses(): string[] {
  const mounts = new Set<string>(['']);
  const routes = new Set<string>(['']);
  for (const file of readdirSync(SERVER, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const text = readFileSync(path.join(SERVER, file), 'utf8');
    for (const [, at = ''] of text.matchAll(/\.use\(\s*'(\/[^']*)'/g)) mounts.add(at);
    for (const [, at = ''] of text.matchAll(
      /\.(?:get|post|put|patch|delete|all|route)\(\s*'(\/[^']*)'/g,
    ))
      routes.add(at);
  }
  return [...mounts].flatMap((mount) => [...routes].map((route) => mount + route));
}

export const ADDRESSES = namedAddresses();

const Credentials = v.object({ name: v.string(), password: v.string() });
const Renew = v.object({ base: v.pipe(v.number(), v.integer(), v.minValue(1)) });
/** What is read of a body, and at which addresses; the same things are sent to all the others too. */
const BODIES: readonly { at: RegExp; of: v.GenericSchema }[] = [
  { at: /\/session$/, of: Credentials },
  { at: /\/session\/password$/, of: ChangePassword },
  { at: /\/commands$/, of: Command },
  { at: /\/plans$/, of: PlanRequest },
  { at: /\/what-if$/, of: WhatIf },
  { at: /\/scenarios(\/:id)?$/, of: SaveScenario },
  { at: /\/scenarios\/:id\/approve$/, of: ApproveScenario },
  { at: /\/accounts$/, of: NewAccount },
  { at: /\/accounts\/:name$/, of: ChangeAccount },
  { at: /\/displays$/, of: NewDisplay },
  { at: /\/review\/:province$/, of: RequireReview },
  { at: /\/proposals\/:id\/accept$/, of: AcceptProposal },
  { at: /\/proposals\/:id\/return$/, of: ReturnProposal },
  { at: /\/proposals\/:id\/renew$/, of: Renew },
  { at: /\/imports\/:id\/apply$/, of: ApplyImport },
  { at: /\/alerts\/:id\/acknowledge$/, of: Acknowledge },
  { at: /\/alert-rules(\/:id|\/try)?$/, of: SaveRule },
  { at: /\/webhooks(\/:id)?$/, of: SaveWebhook },
];
/** Where a form with a file is read, and the part in which the file is. */
const FORMS_AT: readonly { at: RegExp; file: string }[] = [
  { at: /\/imports$/, file: 'file' },
  { at: /\/photos$/, file: 'photo' },
  { at: /\/bao\/:commune$/, file: 'photo' },
];
/** Somebody whose account and sessions anything may happen to. */
export const BYSTANDER = 'nguoi-qua-duong';
const PLACES = ['vn', '01', '11', '00001', '03002', '1', '2', '7', BYSTANDER];
const QUERY: Readonly<Record<string, readonly string[]>> = {
  unit: PLACES,
  level: ['nation', 'province', 'commune'],
  province: ['01', '11', '99'],
  limit: ['1', '50', '1000'],
  operator: ['viettel', 'mobifone'],
  technology: ['4g', '5g'],
  method: ['radius', 'linkBudget', 'terrain'],
  metric: ['5g.population', '5g.stations'],
  base: ['1', '2'],
  state: ['open', 'over'],
  before: ['1', '999999999999999'],
  at: ['2025-07-28T00:00:00Z', '2025-07-28T08:30:00+07:00', '2025-07-28', '9999-12-31'],
  clock: ['recorded', 'told'],
  seq: ['1', '3', '999999999999999'],
  after: ['0', '2', '999999999999999'],
  from: ['2025-07-28'],
  to: ['2025-12-31', '3', '999999999999999'],
};
const TYPES = ['application/json', 'application/json; charset=utf-16', 'text/plain', 'text/csv'];
const FORMS = ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'x', ''];

export function requestFrom(
  random: Random,
  addresses: readonly string[],
  /** Of those who send: an editor and an operator, mostly. */
  cookies: readonly string[],
  named: Named,
): Input {
  const cookie = random.pick(cookies);
  const headers: Record<string, string> = {};
  // Where something is read of what is sent, something is sent more often.
  const isWriting = random.chance(0.25);
  const address = random.pick(isWriting ? addresses.filter(isWritten) : addresses);
  const method = random.chance(isWriting ? 0.5 : 0)
    ? 'POST'
    : random.pick(random.chance(0.8) ? METHODS.slice(0, 4) : METHODS);
  // Nobody signs out the session that all of them share.
  const endsIt = method === 'DELETE' && /^\/api\/session\/?$/.test(address);
  if (random.chance(0.7) && !endsIt) headers['cookie'] = cookie;
  else if (random.chance(0.3))
    headers['cookie'] = `${cookie.split('=')[0]}=${inHeader(oddText(random))}`;
  for (const name of ['origin', 'accept-encoding', 'range', 'if-none-match', 'x-forwarded-for'])
    if (random.chance(0.04)) headers[name] = inHeader(oddText(random));
  let body: string | undefined;
  if (method !== 'GET' && method !== 'HEAD' && random.chance(0.9)) {
    const form = FORMS_AT.find(({ at }) => at.test(address));
    const isForm = random.chance(form ? 0.7 : 0.02);
    body = isForm ? formFrom(random, form?.file ?? 'file') : bodyFrom(random, address, named);
    const fitting = isForm ? `multipart/form-data; boundary=${BOUNDARY}` : 'application/json';
    headers['content-type'] = random.chance(0.85) ? fitting : random.pick([...TYPES, ...FORMS]);
    if (random.chance(0.03)) headers['content-encoding'] = random.pick(['gzip', 'br', 'x']);
  }
  return { method, path: pathFrom(random, address), headers, body };
}

function isWritten(address: string): boolean {
  return [...BODIES, ...FORMS_AT].some(({ at }) => at.test(address));
}

function pathFrom(random: Random, named: string): string {
  const address = named.replace(/\{?:(\w+)\}?/g, () =>
    random.chance(0.7) ? random.pick(PLACES) : inAddress(oddText(random), random),
  );
  const odd = random.chance(0.05) ? `/${inAddress(oddText(random), random)}` : '';
  // Some take no name that they do not know: now and then there is none.
  const share = random.chance(0.2) ? 0 : 0.15;
  const query = Object.entries(QUERY)
    .filter(() => random.chance(share))
    .map(([name, values]) => {
      const value = random.chance(0.75) ? random.pick(values) : oddText(random);
      const list = random.chance(0.05) ? '[]' : '';
      return `${name}${list}=${inAddress(value, random)}`;
    });
  return `${address || '/'}${odd}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}

function bodyFrom(random: Random, address: string, named: Named): string {
  const read = BODIES.filter(({ at }) => at.test(address));
  const { of } = random.pick(read.length > 0 && random.chance(0.7) ? read : BODIES);
  const valid = valueFor(of, random, named);
  const value = random.chance(0.4)
    ? valid
    : random.chance(0.8)
      ? spoilt(valid, random)
      : oddValue(random);
  const text = JSON.stringify(value) ?? '';
  if (random.chance(0.05)) return text.slice(0, random.below(text.length + 1));
  return random.chance(0.03) ? oddText(random) : text;
}

const BOUNDARY = 'x';
const CSV = 'ten;nha mang;cong nghe;bang tan;lon;lat;do cao;trang thai\n';
const FILES: readonly string[] = [
  ...[
    '',
    CSV,
    `${CSV}Trạm;Viettel;5G;n41;105,05;21,15;30;Kế hoạch\n`,
    '{"type":"FeatureCollection"}',
  ],
  ...['PK\u0003\u0004', '\u0089PNG\r\n\u001a\n', 'GIF89a', '<kml/>', '\ufeff;;;\n;;;'],
];
const FILE_NAMES = ['a.csv', 'a.xlsx', 'a.geojson', 'a.kml', 'a.zip', 'a.png', '../a', ''];

/** A form with a file as a browser sends it, or one that is broken somewhere. */
function formFrom(random: Random, file: string): string {
  const part = (name: string, rest: string, content: string): string =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${rest}\r\n\r\n${content}\r\n`;
  const fields = Object.entries({ kind: ['stations', 'nodes', 'x'], unit: ['01', 'vn', '99'] })
    .filter(() => random.chance(0.8))
    .map(([name, values]) => part(name, '', random.pick(values)));
  const odd = random.chance(0.3) ? [part(oddText(random), '', oddText(random))] : [];
  const content = random.chance(0.8) ? random.pick(FILES) : oddText(random);
  const sent = part(
    random.chance(0.9) ? file : oddText(random),
    random.chance(0.9) ? `; filename="${random.pick(FILE_NAMES)}"` : '',
    content,
  );
  const form = `${[...fields, ...odd, sent].join('')}--${BOUNDARY}--\r\n`;
  return random.chance(0.2) ? form.slice(0, random.below(form.length)) : form;
}

/** Encoded, now and then in a way that nobody can decode. */
function inAddress(text: string, random: Random): string {
  if (random.chance(0.1)) return random.pick(['%', '%E0%A4%A', '%ff', '%2e%2e%2f', '..', '//']);
  return encodeURIComponent(text.slice(0, 300).replace(/\p{Surrogate}/gu, '?'));
}

function inHeader(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 300);
}
