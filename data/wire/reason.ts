/**
 * What exactly was wrong, for whoever words a refusal in another language than its message. The path
 * of the refusal says where.
 */
import type * as v from 'valibot';
import type { Noun } from '../log/event.ts';
import type { Method } from '../model/estimate.ts';
import type { ReportStatus } from '../model/things.ts';
import type { ProposalState } from './review.ts';

/** `above` and `below` leave the limit itself out; `shortest` and `longest` count letters. */
type LimitKind = 'least' | 'most' | 'above' | 'below' | 'shortest' | 'longest';

export type Reason =
  /** A field that must be there, and one that there is none of; nothing where something must be. */
  | { is: 'missing' | 'unknown' | 'empty' }
  /** Not of its kind; none of the choices; not whole; not written as it must be. */
  | { is: 'kind'; wanted: 'number' | 'text' | 'flag' | 'list' | 'parts' }
  | { is: 'choice' | 'whole' | 'format' }
  | { is: LimitKind; limit: number }
  /** It does not go with the rest, or with the country as it is. */
  | { is: 'sense' }
  /** A day of what has happened that is still to come. */
  | { is: 'to_come' }
  /** A share that is not between nothing and all; an indicator that units of that level have not. */
  | { is: 'share' | 'scope' }
  /** A day or a moment of what has happened that is still to come, or that lies before the log. */
  | { is: 'to_come' | 'before_log' }
  /** The past is being made ready, so much of it is (0–1). */
  | { is: 'preparing'; share: number }
  | { is: 'nothing_changed' }
  /** Of a file that is imported, whose panel has words of its own for each. */
  | { is: 'file'; what: string }
  | {
      is: 'no_such';
      what:
        | Noun
        | 'unit'
        | 'scenario'
        | 'plan'
        | 'proposal'
        | 'tour'
        | 'alert'
        | 'rule'
        | 'webhook';
      id: string | number;
    }
  | { is: 'named_twice'; id: number }
  | { is: 'still_linked'; link: number }
  /** A day that lies before its programme begins, or so many duties whose days would. */
  | { is: 'before_start'; starts: string; duties?: number }
  /** A duty outside of its programme's unit, or so many that would be. */
  | { is: 'outside_programme'; unit: string; duties?: number }
  /** Done and the day of it go together: one is there without the other. */
  | { is: 'done_without_day' | 'day_without_done' }
  /** A programme that so many duties are still of. */
  | { is: 'has_duties'; duties: number }
  /** A code that another indicator has; what so many values were reported of. */
  | { is: 'code_taken'; code: string }
  | { is: 'has_values'; values: number }
  /** Only the nation's indicators have values in the units below. */
  | { is: 'own_scope' }
  | { is: 'approved' }
  /** A method that is not available here, or not yet. */
  | { is: 'no_method' | 'counting'; method: Method }
  /** More stations than may be named, or changed by method `terrain`, at once. */
  | { is: 'stations' | 'stations_by_terrain'; limit: number; given?: number }
  /** Plans that wait or run: of everybody, of one. */
  | { is: 'plans' | 'own_plans' | 'plan_too_long' }
  /** No photo that can be taken; one of more bytes. */
  | { is: 'photo'; what: 'kind' | 'broken' | 'dots' }
  | { is: 'photo_bytes'; limit: number }
  /** A step that a report in this state cannot take; what is personal in it is gone already. */
  | { is: 'step'; from: ReportStatus }
  | { is: 'erased' }
  /** A proposal that has been decided already. */
  | { is: 'closed'; state: ProposalState }
  /** An alert that somebody has taken on already; one that is over. */
  | { is: 'taken_on'; by: string }
  | { is: 'over' }
  /** A rule that would raise so many alerts at once; more rules or webhooks than there may be. */
  | { is: 'alerts'; limit: number; given: number }
  | { is: 'too_many'; what: 'rule' | 'webhook'; limit: number }
  /** A webhook that rules still name. */
  | { is: 'named_by'; rule: string }
  /** Asked so many times; after so many seconds it is answered again. */
  | { is: 'too_often'; times: number; seconds: number };

const KINDS: Record<string, Extract<Reason, { is: 'kind' }>['wanted']> = {
  number: 'number',
  string: 'text',
  boolean: 'flag',
  array: 'list',
  object: 'parts',
  strict_object: 'parts',
};
const LIMITS: Record<string, LimitKind> = {
  min_value: 'least',
  max_value: 'most',
  gt_value: 'above',
  lt_value: 'below',
  min_length: 'shortest',
  max_length: 'longest',
};

/** Why a schema does not take something; undefined for a check that this knows nothing of. */
export function reasonOf(issue: v.BaseIssue<unknown>): Reason | undefined {
  const { kind, type, expected, received, requirement } = issue;
  if (kind === 'schema') {
    // An object says so of its keys, under its own type.
    if (expected === 'never') return { is: 'unknown' };
    if (received === 'undefined') return { is: 'missing' };
    const wanted = KINDS[type];
    return wanted ? { is: 'kind', wanted } : { is: 'choice' };
  }
  const limit = LIMITS[type];
  if (type === 'min_length' && requirement === 1) return { is: 'empty' };
  if (limit && typeof requirement === 'number') return { is: limit, limit: requirement };
  switch (type) {
    case 'integer':
      return { is: 'whole' };
    case 'finite':
      return { is: 'kind', wanted: 'number' };
    case 'regex':
    case 'check':
      return { is: 'format' };
    case 'raw_check':
      return { is: 'sense' };
    default:
      return undefined;
  }
}
