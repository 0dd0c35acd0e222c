/** The history told anew from the log, in slices: read in its order, told in the order of days. */
import type { Pool } from 'pg';
import { dayNumberOf } from '../../data/model/scalars.ts';
import type { LiveCountry } from '../country/live.ts';
import { readEvents } from '../log/read.ts';
import { Calendar, isOfSimulation } from './calendar.ts';
import { happeningOf, type Happening } from './happening.ts';
import { History } from './history.ts';
import { inSlices, othersTurn } from './slices.ts';

/** Events that are read in one go: about ten milliseconds' worth. */
const PAGE = 1_000;
/** About how much of the time the log has been read after, and the days of all events found. */
const READ = 0.47;
const DATED = 0.5;

export interface Told {
  history: History;
  calendar: Calendar;
  /** The last event in it. */
  seq: number;
}

/** Undefined before a territory was adopted. `tell` hears how much of it is told, 0–1. */
export async function retell(
  pool: Pool,
  live: LiveCountry,
  tell: (share: number) => void,
): Promise<Told | undefined> {
  const { ground, coverage, country } = live;
  if (!ground || !coverage || !country.territory) return undefined;
  const until = country.seq;
  const log = await readLog(pool, until, country.territory.seq, (share) => tell(READ * share));

  const calendar = new Calendar(log.simulatedFrom);
  const dated: { day: number; happening: Happening }[] = [];
  await inSlices(
    log.events,
    (event) => {
      const day = calendar.dayOf(event);
      if (event.happening) dated.push({ day, happening: event.happening });
    },
    (share) => tell(READ + (DATED - READ) * share),
  );
  // The sort is stable: within a day they stay in the order of the log.
  dated.sort((a, b) => a.day - b.day);

  await othersTurn();
  const history = new History(ground, coverage.field);
  await othersTurn();
  await inSlices(
    dated,
    ({ day, happening }) => history.take(happening, day),
    (share) => tell(DATED + (1 - DATED) * share),
  );
  if (calendar.simulated !== undefined) history.advance(calendar.simulated);
  return { history, calendar, seq: log.seq };
}

interface Read {
  id: number;
  at: string;
  by: string;
  effective: string;
  happening: Happening | undefined;
}

/**
 * What the log has up to `until`, without the simulations of earlier territories, which went with
 * them; and the first day of the present one.
 */
async function readLog(
  pool: Pool,
  until: number,
  territorySeq: number,
  tell: (share: number) => void,
): Promise<{ events: Read[]; seq: number; simulatedFrom: number | undefined }> {
  const events: Read[] = [];
  let simulatedFrom: number | undefined;
  let seq = 0;
  while (seq < until) {
    const page = await readEvents(pool, seq, Math.min(PAGE, until - seq));
    if (page.length === 0) break;
    for (const event of page) {
      seq = event.seq;
      const simulated = isOfSimulation(event);
      if (simulated && seq < territorySeq) continue;
      if (simulated) simulatedFrom ??= dayNumberOf(event.effective);
      const { id, at, by, effective } = event;
      events.push({ id, at, by, effective, happening: happeningOf(event) });
    }
    tell(seq / until);
  }
  return { events, seq, simulatedFrom };
}
