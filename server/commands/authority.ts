/**
 * Asks the one rule of who may do what (data/wire/authority.ts) about a command, and says in words
 * when it forbids. Every entrance comes through here for every command.
 */
import type { Account } from '../../data/model/account.ts';
import type { Noun } from '../../data/log/event.ts';
import { isOfUnit, TABLE_OF } from '../../data/log/event.ts';
import type { Country } from '../../data/model/country.ts';
import type { Fields, Table } from '../../data/model/table.ts';
import { communeCodeOf, NATION } from '../../data/model/unit.ts';
import { forbids, happensIn, type Act } from '../../data/wire/authority.ts';
import type { Command, Refusal } from '../../data/wire/commands.ts';
import type { Ground } from '../country/ground.ts';

/** The country as it is, before the command. */
export interface Scene {
  country: Country;
  ground: Ground | undefined;
}

/** A refusal, or undefined when the account may. */
export function refusedTo(
  account: Account | undefined,
  command: Command,
  scene: Scene,
): Refusal | undefined {
  const { type } = command;
  if (!account)
    return { code: 'unauthenticated', message: `Sign in first: ${type} needs an account.` };
  const act = actOf(command, scene);
  const why = forbids(account, act, (commune) => scene.ground?.provinceOf(commune));
  if (why === undefined) return undefined;
  const { name, role, units } = account;
  return {
    code: 'forbidden',
    message:
      why === 'role'
        ? `${type}: ${name} is ${role}, who may not do that.`
        : `${type}: it happens in ${happensIn(act).join(', ')}; ${name} keeps ${units.join(', ')}.`,
    path: why,
  };
}

/** A command as the rule sees it. What is about a thing that is not there happens nowhere. */
export function actOf(command: Command, { country, ground }: Scene): Act {
  const { type } = command;
  if (type === 'coverage.configure')
    return { type, before: [NATION], after: [NATION], fields: ['linkBudget'], statuses: [] };
  const { type: what, key, effective, id, base, ...fields } = command as unknown as Fields;
  void [what, key, effective, base];
  const noun = type.split('.')[0] as Noun;
  const table: Table = country.tables[TABLE_OF[noun]];
  const row = table.rowOf(Number(id));
  const before = row === undefined ? undefined : table.record(row);
  const after = type.endsWith('.remove') ? undefined : { ...before, ...fields };
  const unitsWhen = (thing: Fields | undefined): string[] =>
    thing ? unitsOf(noun, thing, country, ground) : [];
  const statuses = [before?.['status'], after?.['status']].filter(
    (status) => typeof status === 'string',
  );
  return {
    type,
    before: unitsWhen(before),
    after: unitsWhen(after),
    fields: Object.keys(fields),
    statuses,
  };
}

/** Where a thing is: its commune, or the communes of what it joins, or the unit whose it is. */
function unitsOf(
  noun: Noun,
  thing: Fields,
  { tables: { nodes } }: Country,
  ground: Ground | undefined,
): string[] {
  if (noun === 'indicator' || isOfUnit(TABLE_OF[noun])) return [String(thing['unit'])];
  if (noun === 'link')
    return [thing['from'], thing['to']].map((id) => {
      const node = nodes.rowOf(Number(id));
      const commune = node === undefined ? 0 : (nodes.columns.commune[node] ?? 0);
      return commune === 0 ? NATION : communeCodeOf(commune);
    });
  return [ground?.communeAt(Number(thing['lon']), Number(thing['lat'])) ?? NATION];
}
