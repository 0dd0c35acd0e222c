/**
 * Restoring: a thing becomes again what it was at a version. It is done by the commands that there
 * are, so that whoever checks or replays them needs to know nothing new: a thing that is there is
 * changed in the fields that differ, and one that was removed is added again under its own id.
 */
import type { Pool } from 'pg';
import { nounOf, TABLE_OF, type Noun } from '../../data/log/event.ts';
import type { Country } from '../../data/model/country.ts';
import { difference, ownFields } from '../../data/model/fields.ts';
import type { Fields, Table } from '../../data/model/table.ts';
import type { Command, Refusal, RestoreCommand } from '../../data/wire/commands.ts';
import { readThing } from '../log/read.ts';
import { momentsOf } from '../log/thing.ts';
import { notFound, stale, staleAgainst } from './refusals.ts';

type Plain = Exclude<Command, RestoreCommand>;

/** The command that is to be done: the one that was sent, or what a restoring comes to. */
export interface Meant {
  command: Plain;
  /** What an adding again says besides: it is no new thing. */
  again?: { id: number; version: number; simulated: boolean };
}

export function isRestore(command: Command): command is RestoreCommand {
  return command.type.endsWith('.restore');
}

/** What a restoring comes to as things stand, or why it cannot be done. */
export async function meantBy(
  command: RestoreCommand,
  scene: {
    pool: Pool;
    country: () => Country;
    /** Resolves when this server has applied everything up to a number. */
    reached: (seq: number) => Promise<void>;
  },
): Promise<Meant | Refusal> {
  const { type, key, id, base, version } = command;
  const noun = type.split('.')[0] as Noun;
  const moments = momentsOf(await readThing(scene.pool, id));
  const last = moments.at(-1);
  if (!last || nounOf(last.event) !== noun) return notFound(noun, id);
  // Whether it is there is asked of the country only when it has heard all that the log says of it.
  await scene.reached(last.event.seq);
  const table: Table = scene.country().tables[TABLE_OF[noun]];
  const row = table.rowOf(id);
  if (last.event.version !== base)
    return row === undefined
      ? staleAgainst({ id, version: last.event.version, removed: true })
      : stale(table, row);
  const then = moments.find(({ event }) => event.version === version)?.fields;
  if (!then)
    return {
      code: 'invalid',
      message: `version: ${noun} ${id} was not there at version ${version}.`,
      path: 'version',
      reason: { is: 'unknown' },
    };
  if (row !== undefined) {
    const fields = difference(ownFields(table.record(row)), then);
    if (Object.keys(fields).length > 0)
      return { command: { type: `${noun}.change`, key, id, base, ...fields } as Plain };
    return {
      code: 'invalid',
      message: `version: ${noun} ${id} is already what it was at version ${version}.`,
      path: 'version',
      reason: { is: 'nothing_changed' },
    };
  }
  const { simulated, ...fields } = then as Fields & { simulated: boolean };
  return {
    command: { type: `${noun}.add`, key, ...fields } as unknown as Plain,
    again: { id, version: base + 1, simulated },
  };
}
