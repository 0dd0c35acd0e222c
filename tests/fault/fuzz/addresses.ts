/** Requests to every address that the server's own sources name, and to some that they do not. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { Command } from '../../../data/wire/commands.ts';
import { PlanRequest } from '../../../data/wire/plans.ts';
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
const BODIES: readonly v.GenericSchema[] = [
  Credentials,
  Command,
  PlanRequest,
  WhatIf,
  SaveScenario,
  ApproveScenario,
];
const PLACES = ['vn', '01', '11', '00001', '03002', '1', '2', '7'];
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
  at: ['2025-07-28T00:00:00Z'],
  from: ['2025-07-28'],
  to: ['2025-12-31'],
};
const TYPES = ['application/json', 'application/json; charset=utf-16', 'text/plain', 'text/csv'];
const FORMS = ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'x', ''];

export function requestFrom(
  random: Random,
  addresses: readonly string[],
  cookie: string,
  named: Named,
): Input {
  const method = random.chance(0.8) ? random.pick(METHODS.slice(0, 4)) : random.pick(METHODS);
  const headers: Record<string, string> = {};
  const address = random.pick(addresses);
  // Nobody signs out the session that all of them share.
  const endsIt = method === 'DELETE' && /^\/api\/session\/?$/.test(address);
  if (random.chance(0.7) && !endsIt) headers['cookie'] = cookie;
  else if (random.chance(0.3)) headers['cookie'] = `session=${inHeader(oddText(random))}`;
  for (const name of ['origin', 'accept-encoding', 'range', 'if-none-match', 'x-forwarded-for'])
    if (random.chance(0.04)) headers[name] = inHeader(oddText(random));
  let body: string | undefined;
  if (method !== 'GET' && method !== 'HEAD' && random.chance(0.9)) {
    body = bodyFrom(random, named);
    headers['content-type'] = random.chance(0.85)
      ? 'application/json'
      : random.pick([...TYPES, ...FORMS]);
    if (random.chance(0.03)) headers['content-encoding'] = random.pick(['gzip', 'br', 'x']);
  }
  return { method, path: pathFrom(random, address), headers, body };
}

function pathFrom(random: Random, named: string): string {
  const address = named.replace(/\{?:(\w+)\}?/g, () =>
    random.chance(0.7) ? random.pick(PLACES) : inAddress(oddText(random), random),
  );
  const odd = random.chance(0.05) ? `/${inAddress(oddText(random), random)}` : '';
  const query = Object.entries(QUERY)
    .filter(() => random.chance(0.15))
    .map(([name, values]) => {
      const value = random.chance(0.75) ? random.pick(values) : oddText(random);
      const list = random.chance(0.05) ? '[]' : '';
      return `${name}${list}=${inAddress(value, random)}`;
    });
  return `${address || '/'}${odd}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}

function bodyFrom(random: Random, named: Named): string {
  const valid = valueFor(random.pick(BODIES), random, named);
  const value = random.chance(0.4)
    ? valid
    : random.chance(0.8)
      ? spoilt(valid, random)
      : oddValue(random);
  const text = JSON.stringify(value) ?? '';
  if (random.chance(0.05)) return text.slice(0, random.below(text.length + 1));
  return random.chance(0.03) ? oddText(random) : text;
}

/** Encoded, now and then in a way that nobody can decode. */
function inAddress(text: string, random: Random): string {
  if (random.chance(0.1)) return random.pick(['%', '%E0%A4%A', '%ff', '%2e%2e%2f', '..', '//']);
  return encodeURIComponent(text.slice(0, 300).replace(/\p{Surrogate}/gu, '?'));
}

function inHeader(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 300);
}
