/** The fields of a thing as values: which are its own, and how two states of it differ. */
import type { Fields } from './table.ts';

/** A thing's own fields, without its id, its version and what is derived. */
export function ownFields(record: Fields): Fields {
  const { id, version, commune, ...fields } = record;
  void [id, version, commune];
  return fields;
}

/** What to set on `from` to make it `to`; null clears a field that `to` does not have. */
export function difference(from: Fields, to: Fields): Fields {
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return Object.fromEntries(
    names
      .filter((name) => (from[name] ?? null) !== (to[name] ?? null))
      .map((name) => [name, to[name] ?? null]),
  );
}
