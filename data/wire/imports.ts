/**
 * Importing a file: what is asked (`POST /api/imports`), how far it is, what a row comes to, and what
 * becomes of it.
 */
import * as v from 'valibot';
import { KINDS, type Kind } from '../imports/kinds.ts';
import type { Reason } from '../imports/reasons.ts';
import { LineOrNothing, UnitCode } from '../model/scalars.ts';
import type { ProposalState } from './review.ts';

/** How the letters of a file are written; `auto` looks. */
export const ENCODINGS = [
  'auto',
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1258',
  'windows-1252',
  'tcvn3',
  'vni',
] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Which sign stands before decimals; `auto` looks. */
export const DECIMALS = ['auto', 'comma', 'dot'] as const;
export type Decimal = (typeof DECIMALS)[number];

const Text = v.pipe(v.string(), v.maxLength(300));
const FieldName = v.pipe(v.string(), v.regex(/^[a-zA-Z]{0,40}$/, 'must be the name of a field'));

/** How the columns of a file are to be read; what is left out is guessed. */
const WholeMapping = v.strictObject({
  /** Field by the head of its column; an empty field leaves a column out. */
  columns: v.optional(v.record(Text, FieldName), {}),
  /** What all rows have that no column says. */
  defaults: v.optional(v.record(FieldName, Text), {}),
  /** An EPSG code of data/imports/coordinate-systems.ts. */
  crs: v.optional(v.pipe(v.string(), v.regex(/^EPSG:\d{4,5}$/, 'must be an EPSG code'))),
  encoding: v.optional(v.picklist(ENCODINGS), 'auto'),
  decimal: v.optional(v.picklist(DECIMALS), 'auto'),
  /** The sheet of a workbook, or the layer of a GeoPackage, by name. */
  sheet: v.optional(Text),
});

/** A mapping, or only its columns. */
export const ImportMapping = v.union([
  WholeMapping,
  v.pipe(
    v.record(Text, FieldName),
    v.transform((columns): v.InferOutput<typeof WholeMapping> => ({
      ...{ columns, defaults: {}, encoding: 'auto' as const, decimal: 'auto' as const },
    })),
  ),
]);
export type ImportMapping = v.InferOutput<typeof WholeMapping>;
export const NO_MAPPING: ImportMapping = {
  ...{ columns: {}, defaults: {}, encoding: 'auto', decimal: 'auto' },
};

export const ImportRequest = v.strictObject({
  kind: v.picklist(KINDS, `must be one of ${KINDS.join(', ')}`),
  /** Whose mapping is remembered, and whose zone the coordinates are in; a province. */
  unit: v.optional(UnitCode),
  mapping: v.optional(
    v.pipe(
      v.string(),
      v.rawTransform(({ dataset, addIssue, NEVER }): unknown => {
        try {
          return JSON.parse(dataset.value);
        } catch {
          addIssue({ message: 'must be JSON' });
          return NEVER;
        }
      }),
      ImportMapping,
    ),
  ),
});

/** The real types of files that are read. */
export type Format = 'csv' | 'xlsx' | 'geojson' | 'shapefile' | 'gpkg' | 'opencellid';

/** What was found in a file before its rows were read. */
export interface ImportHead {
  format: Format;
  /** How its letters were read; a legacy encoding can lie inside a modern file. */
  encoding: Exclude<Encoding, 'auto'>;
  /** Whether another encoding reads almost as well. */
  encodingUnsure: boolean;
  headers: string[];
  /** The first rows as they are, as many cells as there are headers. */
  samples: string[][];
  /** Sheets or layers, where there are several. */
  sheets: string[];
  /** Whether the coordinate system was guessed without anything that says so. */
  crsUnsure: boolean;
}

/** `proposed`: it waits for an approver, who sees all of it. */
export type ImportState =
  | 'reading'
  | 'ready'
  | 'proposed'
  | 'applying'
  | 'applied'
  | 'undoing'
  | 'undone'
  | 'failed';

export const OUTCOMES = ['new', 'changed', 'same', 'refused'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface ImportCounts {
  new: number;
  changed: number;
  /** Rows that say what is so already. */
  same: number;
  refused: number;
  /** Of the new ones, those that perhaps are there already. */
  duplicates: number;
}

/** Why a file could not be read: a code for the words, and a sentence. */
export interface ImportFailure {
  code: string;
  message: string;
}

export interface ImportJob {
  id: number;
  kind: Kind;
  /** Name of the file. */
  name: string;
  unit: string | null;
  author: string;
  made: string;
  state: ImportState;
  /** 0–1, of what is being done. */
  progress: number;
  rows: ImportCounts;
  /** Null until the head of the file was read. */
  head: ImportHead | null;
  mapping: ImportMapping;
  /** The numbers of its events in the log, once it is applied. */
  applied: { from: number; to: number; at: string } | null;
  /** The numbers of the events that took it back, and how many things stayed because they changed since. */
  undone: { from: number; to: number; at: string; left: number } | null;
  failure: ImportFailure | null;
  /** As it was last proposed; null where it never was. */
  proposal: ImportProposed | null;
}

/** An import as a proposal (data/wire/review.ts). */
export interface ImportProposed {
  id: number;
  state: ProposalState;
  author: string;
  made: string;
  /** What its author said. */
  say: string;
  /** What the approver said, and who that was. */
  word: string;
  decidedBy: string | null;
}

/** An import as it is told to an account, with what that may do. */
export interface ImportSeen extends ImportJob {
  /** Provinces that ask for approval before the account applies it: then it is proposed. */
  asking: string[];
  may: {
    /** Read it again, apply it, throw it away. */
    change: boolean;
    /** Take it back. */
    undo: boolean;
    /** Accept or return it, while it is proposed. */
    decide: boolean;
    /** Take the proposal back. */
    withdraw: boolean;
  };
}

export interface ImportRow {
  /** Its number in the file: the first row of a table is 1. */
  row: number;
  outcome: Outcome;
  /** The thing that is changed. */
  id: number | null;
  /** What the row is called. */
  label: string;
  lon: number | null;
  lat: number | null;
  /** The fields that it sets, as they will be. */
  fields: Record<string, string | number | boolean | null>;
  /** The same fields as they are now, for one that changes. */
  before: Record<string, string | number | boolean | null> | null;
  /** Why it is refused; for others what is worth a look. */
  reasons: Reason[];
}

export interface ImportRows {
  total: number;
  /** How many there are before these. */
  offset: number;
  rows: ImportRow[];
}

/** A row as a point: its number, place and outcome, for the map. */
export type ImportPoint = [row: number, lon: number, lat: number, outcome: number];

export const ApplyImport = v.strictObject({
  /** `all`: every row or none; `good`: those that are not refused. */
  mode: v.picklist(['all', 'good'], 'must be all or good'),
  /** Leaves out new rows that perhaps are there already. */
  skipDuplicates: v.optional(v.boolean(), false),
  /** A word to the approver, where it is proposed. */
  say: v.optional(LineOrNothing, ''),
});
export type ApplyImport = v.InferOutput<typeof ApplyImport>;

export interface ImportApplied {
  /** The last event of it; `GET /healthz` is at least there. */
  seq: number;
  from: number;
  applied: number;
}
