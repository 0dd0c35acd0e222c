/** A thing as it is, and as it will be once what waits on this machine is done. Not reactive. */
import { TABLE_OF, type Noun } from '../../data/log/event.ts';
import { ownFields } from '../../data/model/fields.ts';
import type { Fields } from '../../data/model/table.ts';
import { live } from '../live/live.svelte.ts';
import { waiting } from '../offline/waiting.svelte.ts';

/** A version of a thing. */
export interface Base {
  version: number;
  fields: Fields;
}

/** As the server has it; null when it is not there. */
export function baseOf(noun: Noun, id: number): Base | null {
  const table = live.country?.tables[TABLE_OF[noun]];
  const row = table?.rowOf(id);
  if (!table || row === undefined) return null;
  const record = table.record(row);
  return { version: record.version, fields: ownFields(record) };
}

/** As it will be; null when it is not there, or will be gone. */
export function toBe(noun: Noun, id: number): Base | null {
  const now = baseOf(noun, id);
  if (!now) return null;
  const { version, fields } = waiting.over(noun, id, now);
  return fields && { version, fields };
}
