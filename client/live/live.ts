/**
 * What the rest of the client sees of the live country. `client/live/live.svelte.ts` makes it.
 */
import type { Event } from '../../data/log/event.ts';
import type { Touched } from '../../data/log/apply.ts';
import type { Country } from '../../data/model/country.ts';
import type { UnitEstimates } from '../../data/model/estimate.ts';
import type { CommandAnswer, CommandInput } from '../../data/wire/commands.ts';
import type { EstimateTables, Snapshot } from '../../data/wire/snapshot.ts';
import type { UnitCounts } from '../../data/wire/past.ts';
import type { Present, Status } from '../../data/wire/stream.ts';

/** The line to the server. Never a pile of booleans: one of these. */
export type Line =
  | { state: 'connecting' }
  /** Loading a snapshot or a tail: what is shown is not yet the newest. */
  | { state: 'catching_up'; since: number }
  | { state: 'live' }
  /** Cut off since an instant (ms); what is shown is the last known. */
  | { state: 'offline'; since: number }
  /** The server asks to sign in first. */
  | { state: 'signed_out' };

/** One unit as `GET /api/units` tells it. */
export interface Unit {
  code: string;
  name: string;
  nameEn: string;
  level: 'nation' | 'province' | 'commune';
  parent: string | null;
  type: string;
  population: number;
  areaKm2: number;
  /** Centre of its label and its bounds, degrees. */
  centre: [number, number];
  bounds: [west: number, south: number, east: number, north: number];
}

/** Stations by technology and status, and everything else that a unit holds. */
export type Counts = UnitCounts;

type TouchedListener = (touched: readonly Touched[], events: readonly Event[]) => void;

/** The country as it is now, also while another moment is on the screen. */
export interface Shown {
  country(): Country | null;
  estimatesOf(unit: string): UnitEstimates | undefined;
  onTouched(listener: TouchedListener): () => void;
}

/**
 * Looking back: a country of the past takes the place of the present in all that `Live` tells, until
 * `showPresent`. What comes over the line is applied to the present meanwhile.
 */
export interface Past {
  showPast(snapshot: Snapshot): void;
  /** Applies the events that follow. */
  stepPast(events: readonly Event[]): void;
  /** Takes the estimates as they were after an event. */
  estimatePast(estimates: EstimateTables, seq: number): void;
  showPresent(): void;
}

export interface Live {
  /** Reactive: whether what is told is a moment of the past. */
  readonly lookingBack: boolean;
  readonly today: Shown;
  /** Reactive. */
  readonly line: Line;
  /**
   * Reactive: when what is shown was kept on this machine, ms of its clock; null when it comes from the
   * server.
   */
  readonly keptAt: number | null;
  /** Reactive; null before the first. */
  readonly status: Status | null;
  /** Reactive: grows with every batch; read it to follow everything that is not reactive itself. */
  readonly revision: number;
  /** Not reactive (read `revision`): mutated in place by `applyEvent`. Null before the snapshot. */
  readonly country: Country | null;
  /** Reactive: progress of the first load, 0–1; null when there is nothing to wait for. */
  readonly loading: number | null;
  /** Units by code; empty before they are loaded. Reactive as a whole. */
  readonly units: ReadonlyMap<string, Unit>;
  /** Newest first, at most 200, of the open unit or all; empty until `listChanges`. Reactive. */
  readonly changes: readonly Event[];
  /** Begins the list of changes, which follows the open unit from then on; for whoever shows it. */
  listChanges(): void;
  /** Difference between the server's clock and ours, ms. */
  readonly clockOffsetMs: number;
  estimatesOf(unit: string): UnitEstimates | undefined;
  countsOf(unit: string): Counts;
  /** Called after each batch with what it touched, before `revision` grows; answers how to stop. */
  onTouched(listener: TouchedListener): () => void;
  /** Called with the units whose estimates changed. */
  onEstimates(listener: (units: readonly string[]) => void): () => void;
  /** Called when proposals, or which provinces ask for approval, may be different from before. */
  onProposals(listener: () => void): () => void;
  /** Called when alerts may be different from before. */
  onAlerts(listener: () => void): () => void;
  send(command: CommandInput): Promise<CommandAnswer>;
  /** Reactive: who else has the form of the attended thing open; null when nobody said. */
  readonly present: Present | null;
  /** Tells the others which thing's form is open here, also after the line came back; null for none. */
  attend(thing: number | null): void;
}
