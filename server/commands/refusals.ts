/** The refusals that more than one command can meet, worded once. */
import type { Noun } from '../../data/log/event.ts';
import type { Table } from '../../data/model/table.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import type { Reason } from '../../data/wire/reason.ts';

export function notFound(noun: Noun, id: number): Refusal {
  return {
    code: 'not_found',
    message: `There is no ${noun} ${id}.`,
    path: 'id',
    reason: { is: 'no_such', what: noun, id },
  };
}

export function stale(table: Table, row: number): Refusal {
  return staleAgainst(table.record(row));
}

export function staleAgainst(current: { version: number } & Record<string, unknown>): Refusal {
  return {
    code: 'stale',
    message: `It was changed meanwhile: it is at version ${current.version} now.`,
    path: 'base',
    current,
  };
}

/** A field that names what there is none of. */
export function noSuch(
  path: string,
  what: Extract<Reason, { is: 'no_such' }>['what'],
  id: string | number,
): Refusal {
  return invalid(path, `there is no ${what} ${id}`, { is: 'no_such', what, id });
}

/** A field that is not as it must be. */
export function invalid(path: string, message: string, reason: Reason = { is: 'sense' }): Refusal {
  return { code: 'invalid', message: `${path}: ${message}`, path, reason };
}
