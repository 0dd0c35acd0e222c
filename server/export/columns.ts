/**
 * The columns of an exported table: the fields as an import reads them, so that a file that goes out
 * comes back unchanged, and behind them where the thing is and of when it is true.
 */
import { YES_NO } from '../../data/imports/field-words.ts';
import type { FieldType } from '../../data/imports/kinds.ts';
import type { ExportKind } from '../../data/wire/exports.ts';
import { fieldsOf, HEADS, VALUES } from './fields.ts';
import type { Exported } from './selection.ts';

export type Value = string | number | boolean | null;

export interface ExportColumn {
  /** For programs, and for people. */
  name: string;
  head: string;
  /** How a GeoPackage keeps it. */
  sql: 'INTEGER' | 'REAL' | 'BOOLEAN' | 'DATE' | 'TEXT';
  value(thing: Exported): Value;
}

const SQL: Record<FieldType['type'], ExportColumn['sql']> = {
  ...{ id: 'INTEGER', node: 'INTEGER', whole: 'INTEGER', flag: 'BOOLEAN', day: 'DATE' },
  ...{ number: 'REAL', east: 'REAL', north: 'REAL', text: 'TEXT', choice: 'TEXT', unit: 'TEXT' },
};

const TOLD: readonly [name: keyof Exported, head: string][] = [
  ['commune', 'Mã xã nơi đặt'],
  ['communeName', 'Xã nơi đặt'],
  ['province', 'Mã tỉnh nơi đặt'],
  ['provinceName', 'Tỉnh nơi đặt'],
];

/** `asOf` is the instant of the newest event in the data, ISO 8601. */
export function exportColumns(kind: ExportKind, asOf: string): ExportColumn[] {
  return [
    ...fieldsOf(kind).map(({ name, type }): ExportColumn => {
      return {
        name,
        head: HEADS[name] ?? name,
        sql: SQL[type.type],
        value: (thing) => thing[name] ?? null,
      };
    }),
    ...(kind === 'links'
      ? []
      : TOLD.map(([name, head]): ExportColumn => ({
          ...{ name: String(name), head, sql: 'TEXT' },
          value: (thing) => (thing[name] as Value | undefined) ?? null,
        }))),
    { name: 'asOf', head: 'Thời điểm số liệu (UTC)', sql: 'TEXT', value: () => asOf },
  ];
}

/** A value as people read it in a table. */
export function inWords({ name }: ExportColumn, value: Value): string | number | null {
  if (typeof value === 'boolean') return value ? YES_NO.yes : YES_NO.no;
  return typeof value === 'string' ? (VALUES[name]?.[value] ?? value) : value;
}
