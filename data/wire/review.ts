/**
 * The review: where a province asks for approval, an editor's command waits as a proposal until an
 * approver accepts or returns it.
 */
import * as v from 'valibot';
import type { Kind } from '../imports/kinds.ts';
import type { Noun } from '../log/event.ts';
import { METHODS, type EstimateField, type Method } from '../model/estimate.ts';
import { Line, LineOrNothing, UnitCode } from '../model/scalars.ts';
import type { Fields } from '../model/table.ts';
import { NATION } from '../model/unit.ts';
import type { Command } from './commands.ts';

/**
 * Open, until an approver accepts or returns it or its author takes it back; outdated, where the
 * thing was changed meanwhile: then its author may renew it.
 */
export type ProposalState = 'open' | 'accepted' | 'returned' | 'withdrawn' | 'outdated';

/** What is asked for: those that wait, one's own whatever their state, or those that are closed. */
export const PROPOSAL_LISTS = ['open', 'own', 'closed'] as const;
export type ProposalList = (typeof PROPOSAL_LISTS)[number];

export const ProposalsQuery = v.strictObject({
  list: v.optional(v.picklist(PROPOSAL_LISTS), 'open'),
  unit: v.optional(UnitCode, NATION),
  /** By which the effects are worked out. */
  method: v.optional(v.picklist(METHODS), 'radius'),
});
export type ProposalsQuery = v.InferOutput<typeof ProposalsQuery>;

export const EffectQuery = v.strictObject({
  method: v.optional(v.picklist(METHODS), 'radius'),
});

/** An approver may say something when accepting, and must when returning. */
export const AcceptProposal = v.strictObject({ word: v.optional(LineOrNothing, '') });
export const ReturnProposal = v.strictObject({ word: Line });
export const RequireReview = v.strictObject({ required: v.boolean() });

/** What a proposal would do to the people reached, by one method. */
export interface ProposalEffect {
  method: Method;
  /** Whom the figures count: people with any signal of the station's technology. */
  field: EstimateField;
  gained: number;
  lost: number;
  /** At once, or when a station that is not on air yet goes on air. */
  when: 'now' | 'on_air';
}

export type Proposal = ProposedChange | ProposedFile;

/** What every proposal says of itself. */
interface Proposed {
  id: number;
  state: ProposalState;
  /** Name of the account; instants are ISO 8601 UTC. */
  author: string;
  made: string;
  /** What the approver said. */
  word: string;
  decidedBy: string | null;
  decided: string | null;
  /** The event that came of it; of a file the last one. */
  seq: number | null;
  /** What the reader may do with it. */
  may: { decide: boolean; withdraw: boolean; renew: boolean };
}

/** A file that is to be imported as a whole; its rows are told by its import, page by page. */
export interface ProposedFile extends Proposed {
  what: 'file';
  file: FileOfProposal;
  /** Provinces in which it would happen. */
  units: string[];
}

export interface FileOfProposal {
  /** Of the import, which may be thrown away once the proposal is closed. */
  import: number;
  name: string;
  kind: Kind;
  /** How many things it would add and change. */
  adds: number;
  changes: number;
  /** `all`: every row or none; `good`: those that are right when it is accepted. */
  mode: 'all' | 'good';
  skipDuplicates: boolean;
  /** What its author said. */
  say: string;
  /** Around its rows, degrees; null where none has a place. */
  box: [west: number, south: number, east: number, north: number] | null;
}

/** What a file would do: asked for by itself, for it may take a while. */
export interface FileEffect {
  /** By field and moment, those that its rows have to do with; `none` and `unknown` as of one change. */
  effect: ProposalEffect[] | 'none' | 'unknown';
}

/** One change of one thing. */
export interface ProposedChange extends Proposed {
  what: 'change';
  type: Command['type'];
  noun: Noun;
  /** The thing it is about; null for one that would be added. */
  subject: number | null;
  /** The thing as it was then; null for one that would be added. */
  before: Fields | null;
  /** What it would set. */
  fields: Fields;
  /** Units in which it would happen, before and after. */
  units: string[];
  /** The thing has been changed since: it would come too late. Told of open ones. */
  stale: boolean;
  /** What came before it, of an outdated one; null where the thing is gone. */
  outdatedBy: { by: string; at: string; version: number } | null;
  /**
   * Told of open ones: `none` for what has nothing to do with coverage, `unknown` where it cannot be
   * worked out now.
   */
  effect: ProposalEffect | 'none' | 'unknown' | null;
}

export interface ProposalsAnswer {
  /** The newest first, and at most some hundreds of them. */
  proposals: Proposal[];
  total: number;
}

/** How many open proposals wait for the reader as an approver, and how many are the reader's own. */
export interface WaitingProposals {
  toDecide: number;
  own: number;
}

/** A province that asks for approval, and who said so. */
export interface RequiredReview {
  province: string;
  by: string;
  at: string;
}
