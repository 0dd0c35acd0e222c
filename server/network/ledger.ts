/**
 * The outages of the living country: retold from the log's events of nodes and links when they are
 * first asked for, moved on with every event, told anew where another territory takes its communes
 * away. An outage begins and ends when the log took the change that made it.
 */
import type { Pool } from 'pg';
import { fieldsOf, type Event } from '../../data/log/event.ts';
import { Connection, type NetworkChange } from '../../data/network/connection.ts';
import { communeServed } from '../../data/network/graph.ts';
import { Outages } from '../../data/network/outages.ts';
import { communeNumberOf } from '../../data/model/unit.ts';
import type { Ground } from '../country/ground.ts';
import type { LiveCountry } from '../country/live.ts';
import { readNetworkEvents } from '../log/read.ts';
import { isOfSimulation } from '../progress/calendar.ts';
import { othersTurn } from '../progress/slices.ts';
import { isOfNetwork } from './network.ts';

/** Events that are read and told in one go: about ten milliseconds' worth. */
const PAGE = 1_000;

export interface Ledger {
  /** The outages up to now; undefined before a territory was adopted. */
  outages(): Promise<Outages | undefined>;
  /** How far that is for whoever waits for it now, 0–1. */
  readonly share: number;
}

interface Known {
  outages: Outages;
  connection: Connection;
  /** Where each node stands: what is moved by one degree keeps the other. */
  places: Map<number, Place>;
  territory: number;
  seq: number;
}

interface Place {
  unit: string;
  lon: number;
  lat: number;
}

export function createLedger({ pool, live }: { pool: Pool; live: LiveCountry }): Ledger {
  let known: Known | undefined;
  let telling: Promise<void> | undefined;
  /** What happened while the log is being told. */
  let meanwhile: Event[] = [];
  let share = 0;

  live.onApplied((applied) => {
    const events = applied.map(({ event }) => event).filter(({ type }) => isOfNetwork(type));
    if (telling) for (const event of events) meanwhile.push(event);
    else if (known && live.ground) for (const event of events) take(known, event, live.ground);
  });

  async function tell(): Promise<void> {
    known = undefined;
    meanwhile = [];
    share = 0;
    const { ground } = live;
    const { territory, seq: until } = live.country;
    if (!ground || !territory) return;
    const told: Known = {
      ...{ outages: new Outages(), connection: new Connection(), places: new Map() },
      ...{ territory: territory.version, seq: 0 },
    };
    for (;;) {
      const page = await readNetworkEvents(pool, told.seq, until, PAGE);
      for (const event of page) {
        // Simulations of earlier territories went with them.
        if (event.seq >= territory.seq || !isOfSimulation(event)) take(told, event, ground);
        else told.seq = event.seq;
      }
      share = until === 0 ? 1 : told.seq / until;
      if (page.length < PAGE) break;
      await othersTurn();
    }
    for (const event of meanwhile) take(told, event, ground);
    meanwhile = [];
    share = 1;
    known = told;
  }

  return {
    get share() {
      return share;
    },
    async outages() {
      while (live.ground && (telling || known?.territory !== live.country.territory?.version)) {
        telling ??= tell().finally(() => (telling = undefined));
        await telling;
      }
      return known?.outages;
    },
  };
}

function take(known: Known, event: Event, ground: Ground): void {
  if (event.seq <= known.seq) return;
  known.seq = event.seq;
  const at = Date.parse(event.at);
  const { connection, outages } = known;
  for (const commune of connection.take(changeOf(event, known, ground)))
    outages.note(commune, connection.isConnected(commune), at);
}

/** The event as the network sees it: a node with the commune that it serves. */
function changeOf(event: Event, { places }: Known, ground: Ground): NetworkChange {
  const [noun, verb] = event.type.split('.') as [NetworkChange['noun'], NetworkChange['verb']];
  const { id } = event;
  const given = fieldsOf(event);
  if (noun === 'link' || verb === 'remove') return { noun, verb, id, fields: given };
  const { unit, lon, lat, level, status } = given;
  const before = places.get(id);
  const place: Place = {
    unit: String(unit ?? before?.unit ?? ''),
    lon: Number(lon ?? before?.lon),
    lat: Number(lat ?? before?.lat),
  };
  places.set(id, place);
  const standsIn = communeNumberOf(ground.communeAt(place.lon, place.lat));
  const commune = communeServed(place.unit, standsIn);
  return { noun, verb, id, fields: { level, status, commune } };
}
