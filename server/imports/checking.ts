/**
 * What a row comes to: something new, a change of what is there, nothing, or a refusal. Each row is
 * made into the command that a person would send and meets the same checks (server/commands).
 */
import { TABLE_OF } from '../../data/log/event.ts';
import { FIELDS, NOUN_OF, type Kind } from '../../data/imports/kinds.ts';
import type { Reason, ReasonCode } from '../../data/imports/reasons.ts';
import { TABLES, type Column } from '../../data/model/columns.ts';
import { dayInVietnam } from '../../data/model/scalars.ts';
import type { Fields, FieldValue, Table } from '../../data/model/table.ts';
import { happensIn } from '../../data/wire/authority.ts';
import type { Command, Refusal } from '../../data/wire/commands.ts';
import type { Outcome } from '../../data/wire/imports.ts';
import type { Account } from '../../data/model/account.ts';
import { actOf, refusedTo } from '../commands/authority.ts';
import type { LiveCountry } from '../country/live.ts';
import { prepareEvent, readCommand, type Scene } from '../commands/prepare.ts';
import { isRestore } from '../commands/restore.ts';
import type { NewEvent } from '../log/append.ts';
import { Matcher, metresBetween, placeOf } from './matching.ts';
import { createResolver } from './references.ts';
import type { MappedRow } from './rows.ts';

/** A row that was checked, as it is kept until the import is applied. */
export interface CheckedRow {
  row: number;
  outcome: Outcome;
  /** A new thing that is perhaps there already. */
  near: boolean;
  label: string;
  lon: number | null;
  lat: number | null;
  /** The thing that is changed, and the version of it. */
  id: number | null;
  base: number | null;
  type: string | null;
  /** Where it happens, of one that is not refused. */
  units: readonly string[];
  fields: Fields;
  before: Fields | null;
  reasons: Reason[];
  raw: string[];
}

/** A move of more than this is worth a look, metres. */
const FAR_M = 2_000;
/** About what two roundings to a micro-degree and a shift of datum and back can differ, degrees. */
const SAME_PLACE = 2.5e-6;

/** The country as it is now, for rows to be checked against. */
export function sceneOf({ country, ground }: LiveCountry, now: () => number): Scene {
  return { country, ground, today: dayInVietnam(now()) };
}

/** The event that a command wants for an account, or why not: asked for every row of every import. */
export function prepareRow(
  input: unknown,
  account: Account,
  scene: Scene,
): { command: Command; event: NewEvent } | Refusal {
  const command = readCommand(input);
  if ('code' in command) return command;
  if (isRestore(command)) throw new Error(`a row of a file restores nothing: ${command.type}`);
  const event =
    refusedTo(account, command, scene) ?? prepareEvent({ command }, account.name, scene);
  return 'code' in event ? event : { command, event };
}

export type Check = (row: MappedRow) => CheckedRow;

export function createCheck(options: {
  kind: Kind;
  /** Of the import; it makes the keys of its events. */
  id: number;
  account: Account;
  scene: Scene;
}): Check {
  const { kind, id: importId, account, scene } = options;
  const noun = NOUN_OF[kind];
  const table: Table = scene.country.tables[TABLE_OF[noun]];
  const matcher = new Matcher(kind, scene.country, scene.ground);
  const resolve = createResolver(kind, scene.country, scene.ground);

  return (mapped) => {
    const fields = { ...mapped.fields };
    const reasons = [...mapped.reasons, ...resolve(fields)];
    const match = reasons.length === 0 ? matcher.find(fields) : 'none';
    if (typeof match === 'object' && 'reason' in match) reasons.push(match.reason);
    const at = typeof match === 'object' && 'row' in match ? match.row : undefined;
    const current = at === undefined ? undefined : table.record(at);
    const checked: CheckedRow = {
      row: mapped.row,
      outcome: 'refused',
      near: false,
      label: labelOf(kind, { ...current, ...fields }),
      ...placeIn({ ...current, ...fields }),
      ...{ id: null, base: null, type: null, units: [], fields, before: null, reasons },
      raw: mapped.raw,
    };
    if (reasons.length > 0) return checked;

    const key = `import:${importId}:${mapped.row}`;
    const { id, simulated, ...given } = fields;
    void id;
    const wanted = current ? differences(kind, given, current) : given;
    checked.fields = wanted;
    if (current && Object.keys(wanted).length === 0) {
      const before = matcher.repeats(mapped.row, current.id, given);
      if (before !== undefined) reasons.push({ code: 'repeated', about: before });
      return { ...checked, id: current.id, outcome: before === undefined ? 'same' : 'refused' };
    }
    // A figure is reported anew, never changed: what was reported stays in the history.
    const changes = current && kind !== 'indicators' ? current : undefined;
    const full =
      kind === 'indicators' && current ? { ...fieldsOfReport(current), ...given } : wanted;
    if (!changes) {
      if (simulated === true) reasons.push({ code: 'simulated', field: 'simulated' });
      for (const { name, needed } of FIELDS[kind])
        if (needed && full[name] === undefined) reasons.push({ code: 'missing', field: name });
    }
    const repeated = matcher.repeats(mapped.row, changes?.id, full);
    if (repeated !== undefined) reasons.push({ code: 'repeated', about: repeated });
    if (reasons.length > 0) return checked;

    const prepared = prepareRow(
      changes
        ? { type: `${noun}.change`, key, id: changes.id, base: changes.version, ...wanted }
        : { type: `${noun}.${kind === 'indicators' ? 'report' : 'add'}`, key, ...full },
      account,
      scene,
    );
    if ('code' in prepared) {
      reasons.push(reasonOf(prepared, { ...current, ...fields }));
      return checked;
    }
    const { command, event } = prepared;
    const units = happensIn(actOf(command, scene));
    const done = { ...checked, type: event.type, units, fields: event.fields };
    if (!changes) {
      const near = matcher.near(mapped.row, event.fields);
      if (near) reasons.push(near);
      return { ...done, outcome: 'new', near: near !== undefined };
    }
    const before = Object.fromEntries(
      Object.keys(event.fields).map((name) => [name, changes[name] ?? null]),
    );
    const [from, to] = [placeOf(changes), placeOf({ ...changes, ...event.fields })];
    const metres = from && to ? metresBetween(from, to) : 0;
    if (metres > FAR_M)
      reasons.push({ code: 'moved', field: 'lon', about: Math.round(metres / 100) / 10 });
    return { ...done, outcome: 'changed', id: changes.id, base: changes.version, before };
  };
}

/** What a refused command says, as a reason with the value that was there. */
export function reasonOf({ code, path, message }: Refusal, fields: Fields): Reason {
  const field = path === undefined || path === 'id' || path === 'base' ? undefined : path;
  const value = field === undefined ? undefined : String(fields[field] ?? '');
  const about = (reason: ReasonCode): Reason => ({
    code: reason,
    ...(field === undefined ? {} : { field }),
    ...(value === undefined ? {} : { value }),
  });
  switch (code) {
    case 'outside_territory':
      return { code, value: `${String(fields['lon'])}; ${String(fields['lat'])}` };
    case 'no_territory':
    case 'stale':
    case 'in_use':
      return { code };
    case 'forbidden':
      return { code: path === 'role' ? path : code };
    case 'not_found':
      return { code, ...(typeof fields['id'] === 'number' ? { about: fields['id'] } : {}) };
    case 'invalid':
      if (/is not a band of/.test(message)) return about('band');
      if (/has not been on air yet/.test(message)) return about('planned_since');
      if (/has not come yet/.test(message)) return about('to_come');
      if (/is not accepted before/.test(message)) return about('accepted_early');
      if (/node of a commune stands in it/.test(message)) return about('node_elsewhere');
      if (/needs its solution/.test(message)) return about('needs_solution');
      if (/joins two different nodes/.test(message)) return about('same_ends');
      if (/there is no node/.test(message)) return about('not_node');
      if (/there is no unit/.test(message)) return about('not_unit');
      if (field === undefined) return { code: 'other', message };
      return /length|control characters/.test(message) ? about('too_long') : about('range');
    default:
      return { code: 'other', message };
  }
}

/** The fields that differ from what is there, as far as a table can tell. */
function differences(kind: Kind, given: Fields, current: Fields): Fields {
  const columns = TABLES[TABLE_OF[NOUN_OF[kind]]] as Record<string, Column>;
  const { lon, lat } = given;
  const isSamePlace =
    typeof lon === 'number' &&
    typeof lat === 'number' &&
    Math.abs(lon - Number(current['lon'])) < SAME_PLACE &&
    Math.abs(lat - Number(current['lat'])) < SAME_PLACE;
  return Object.fromEntries(
    Object.entries(given).filter(([name, value]) => {
      if (name === 'lon' || name === 'lat') return !isSamePlace;
      return !isSame(columns[name], value, current[name]);
    }),
  );
}

function isSame(column: Column | undefined, value: FieldValue, current: FieldValue): boolean {
  if (typeof value === 'string') return value.trim().normalize('NFC') === (current ?? '');
  if (typeof value === 'number' && column?.type === 'number')
    return Math.abs(value - Number(current ?? NaN)) < 10 ** -column.decimals / 2;
  return value === current;
}

function fieldsOfReport(record: Fields): Fields {
  const { id, version, simulated, commune, ...fields } = record;
  void [id, version, simulated, commune];
  return fields;
}

function labelOf(kind: Kind, fields: Fields): string {
  const text =
    kind === 'links'
      ? `${String(fields['from'] ?? '?')} – ${String(fields['to'] ?? '?')}`
      : kind === 'indicators'
        ? `${String(fields['indicator'] ?? '?')} ${String(fields['unit'] ?? '')}`
        : String(fields['name'] ?? '');
  return text.trim().slice(0, 200);
}

function placeIn(fields: Fields): { lon: number | null; lat: number | null } {
  const place = placeOf(fields);
  // What is far from any map is not drawn.
  const isOnMap = place && Math.abs(place.lon) <= 180 && Math.abs(place.lat) <= 85;
  return isOnMap ? place : { lon: null, lat: null };
}
