/** Which of its states the whole screen is in. One at a time, the gravest first. */
import type { Country } from '../../data/model/country.ts';
import type { Status } from '../../data/wire/stream.ts';
import type { Line } from '../live/live.ts';

export type Screen =
  /** Reading needs an account. */
  | 'signed_out'
  /** Reading needs an account again, since a session ended: what is on the page stays, unseen. */
  | 'locked'
  /** The first load fails, or takes longer than anyone should wait without a word. */
  | 'failed'
  | 'loading'
  /** The server is still making its simulated country. */
  | 'preparing'
  /** There is nothing in the country yet. */
  | 'empty'
  /** Cut off: the last known is shown. */
  | 'offline'
  | 'shown';

/** A first load that takes longer than this is told as a failure; it is tried on meanwhile. */
const PATIENCE_MS = 20_000;

export function screenOf(
  line: Line,
  country: Country | null,
  demo: Status['demo'] | undefined,
  nowMs: number,
): Screen {
  if (line.state === 'signed_out') return country ? 'locked' : 'signed_out';
  if (!country) {
    const stuck = line.state === 'catching_up' && nowMs - line.since > PATIENCE_MS;
    return line.state === 'offline' || stuck ? 'failed' : 'loading';
  }
  if (line.state === 'offline') return 'offline';
  if (!isEmpty(country)) return 'shown';
  return demo === 'preparing' ? 'preparing' : 'empty';
}

function isEmpty({ tables }: Country): boolean {
  const { stations, hamlets, nodes, facilities } = tables;
  return [stations, hamlets, nodes, facilities].every((table) => table.count === 0);
}

/** Whether anything shown is simulated, which the screen must then say. */
export function isSimulated({ tables }: Country): boolean {
  return Object.values(tables).some((table) =>
    table.columns.simulated.subarray(0, table.count).includes(1),
  );
}
