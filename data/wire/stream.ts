/**
 * The two short lists of what travels over the socket: up and down. Socket.io delivers at most once
 * and forgets; the sequence numbers are what makes it whole.
 */
import * as v from 'valibot';
import type { Event } from '../log/event.ts';
import type { UnitEstimates } from '../model/estimate.ts';
import { Id, UnitCode } from '../model/scalars.ts';
import type { CommandAnswer, CommandInput } from './commands.ts';

/** Changes whenever anything in this file or a schema behind it does; told in `status`. */
export const WIRE_VERSION = 4;

/**
 * Asks for everything after `seq`, of some units only when `units` is given: the server answers
 * with `events` from `seq` + 1 on, or with `reset` when it cannot, and then goes on live.
 */
export const Follow = v.strictObject({
  seq: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER)),
  units: v.optional(v.pipe(v.array(UnitCode), v.minLength(1), v.maxLength(200))),
});
export type Follow = v.InferOutput<typeof Follow>;

/** Says that the form of a thing is open here; null that none is. Heard from who is signed in. */
export const Attend = v.strictObject({ thing: v.nullable(Id) });
export type Attend = v.InferOutput<typeof Attend>;

/** What a client sends. */
export interface Up {
  follow(request: Follow): void;
  command(command: CommandInput, answer: (answer: CommandAnswer) => void): void;
  attend(request: Attend): void;
}

/** Answers for every number from `from` to `to`; the next batch's `from` is this one's `to` + 1. */
export interface Events {
  from: number;
  to: number;
  events: Event[];
}

/** Estimates that changed, as of `seq`. */
export interface Estimates {
  seq: number;
  units: Record<string, UnitEstimates>;
}

/** How the server is; sent on connecting and when it changes, and every few seconds as a pulse. */
export interface Status {
  wire: number;
  /** Version of the client that the server would hand out now. */
  build: string;
  seq: number;
  /** Instant of the newest event, and the server's clock. */
  at: string;
  now: string;
  territory: { hash: string; kind: 'approximate' | 'official' } | null;
  demo: 'off' | 'preparing' | 'running' | 'paused';
  /** How far method `terrain` has come with its first count, 0–1; null without an elevation model. */
  terrain: number | null;
  /** Events in the last minute. */
  eventsPerMinute: number;
  /** The disk of the database; null where the server does not see it. */
  disk: Disk | null;
}

/** `low`: the operator should make room. `full`: nothing is written until there is room again. */
export interface Disk {
  freeMB: number;
  state: 'ok' | 'low' | 'full';
}

/** Take a new snapshot, then follow from there. */
export interface Reset {
  seq: number;
}

/**
 * A proposal that concerns the reader was made or has ended; null where more may be different, or
 * which provinces ask for approval. Ask again for what is shown.
 */
interface ProposalsChanged {
  id: number | null;
}

/** Alerts were raised, acknowledged or are over; ask again for what is shown. */
interface AlertsChanged {
  version: number;
}

/** Who else has the form of the attended thing open; the reader's own name for another window. */
export interface Present {
  thing: number;
  names: string[];
}

/** What a server sends. */
export interface Down {
  events(batch: Events): void;
  estimates(estimates: Estimates): void;
  status(status: Status): void;
  reset(reset: Reset): void;
  proposals(changed: ProposalsChanged): void;
  alerts(changed: AlertsChanged): void;
  present(present: Present): void;
}
