/** How the server is, in the words of the wire. */
import { WIRE_VERSION, type Disk, type Status } from '../../data/wire/stream.ts';
import type { LiveCountry } from './live.ts';

const MINUTE_MS = 60_000;

export function statusOf(
  live: LiveCountry,
  build: string,
  demo: Status['demo'],
  now: number,
  disk: Disk | null,
): Status {
  const { seq, at, territory } = live.country;
  let eventsPerMinute = 0;
  for (let i = live.recent.length - 1; i >= 0; i--) {
    const event = live.recent[i]?.event;
    if (!event || now - Date.parse(event.at) > MINUTE_MS) break;
    eventsPerMinute++;
  }
  return {
    wire: WIRE_VERSION,
    build,
    seq,
    at,
    now: new Date(now).toISOString(),
    territory: territory && { hash: territory.hash, kind: territory.kind },
    demo,
    terrain: live.coverage?.terrainProgress ?? null,
    eventsPerMinute,
    disk,
  };
}
