/** The country as it was last known here: kept now and then, and recalled when there is no line. */
import { decodeSnapshot, encodeSnapshot, type Snapshot } from '../../data/wire/snapshot.ts';
import type { Status } from '../../data/wire/stream.ts';
import type { Unit } from '../live/live.ts';
import { keepCountry, lastCountry } from './memory.ts';

export interface Recalled {
  /** When it was kept, ms of this machine's clock. */
  savedAt: number;
  snapshot: Snapshot;
  units: ReadonlyMap<string, Unit>;
  status: Status | null;
}

/** Keeps the country in place of the one before; where this machine keeps nothing, nothing happens. */
export async function keepLastKnown(
  snapshot: Snapshot,
  units: ReadonlyMap<string, Unit>,
  status: Status | null,
): Promise<void> {
  const { at } = snapshot.country;
  await keepCountry({
    savedAt: Date.now(),
    snapshot: encodeSnapshot(snapshot),
    units: [...units.values()],
    status: status && { ...status, at },
  }).catch(() => undefined);
}

/** Undefined where there is none, and for one that another version of this page kept. */
export async function recallLastKnown(): Promise<Recalled | undefined> {
  const last = await lastCountry();
  if (!last) return undefined;
  try {
    return {
      ...last,
      snapshot: decodeSnapshot(last.snapshot),
      units: new Map(last.units.map((unit) => [unit.code, unit])),
    };
  } catch {
    return undefined;
  }
}
