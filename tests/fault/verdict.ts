/**
 * What must hold whatever went wrong: every acknowledged event is in the log once, with its number,
 * the log has no gap and its instants never go back, and everybody ends with what a replay of it says.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Pool } from 'pg';
import { expect } from 'vitest';
import { decodeSnapshot } from '../../data/wire/snapshot.ts';
import { headOf } from '../../server/log/read.ts';
import { estimatesIn, replayOf, stateOf, type State } from '../setup/replay.ts';
import { until } from '../setup/until.ts';
import type { Watcher } from './watcher.ts';
import type { Acknowledged, Writer } from './writer.ts';

interface Row {
  seq: number;
  at: Date;
  key: string;
  type: string;
  id: number;
  version: number;
}

/** Waits until everybody is level with the log, then holds everything against it. */
export async function nothingIsLost(
  database: { pool: Pool; url: string },
  people: { writers: readonly Writer[]; watchers: readonly Watcher[]; servers: readonly string[] },
): Promise<void> {
  const { writers, watchers, servers } = people;
  expect(writers.flatMap(({ refused }) => refused)).toEqual([]);
  const acknowledged = writers.flatMap((writer) => writer.acknowledged);
  expect(acknowledged.length).toBeGreaterThan(0);
  const log = await readLog(database.pool);
  inTheLogOnce(acknowledged, log);
  inOrder(acknowledged, log);

  const head = await headOf(database.pool);
  await until(`every watcher is at ${head}: ${watchers.map(({ seq }) => seq).join(', ')}`, () =>
    watchers.every(({ seq }) => seq >= head),
  );
  const wanted = await replayOf(database);
  expect(wanted['seq']).toBe(head);
  for (const server of servers) {
    // A snapshot is shared for a moment by all who ask: one from before is no answer.
    let state: State = {};
    await until(
      'the server is level with the log',
      async () => Number((state = await stateOn(server))['seq']) >= head,
    );
    expect(state).toEqual(wanted);
  }
  for (const watcher of watchers) {
    expect(watcher.holes).toEqual([]);
    // Estimates travel right behind their events.
    await until('its estimates have come', () => isDeepStrictEqual(watcher.state(), wanted)).catch(
      () => undefined,
    );
    expect(watcher.state()).toEqual(wanted);
  }
}

async function readLog(pool: Pool): Promise<Row[]> {
  const { rows } = await pool.query<Row>(
    `select seq::int, at, key, type, subject::int as id, version from events order by seq`,
  );
  return rows;
}

function inTheLogOnce(acknowledged: readonly Acknowledged[], log: readonly Row[]): void {
  const byKey = new Map<string, Row[]>();
  for (const row of log) byKey.set(row.key, [...(byKey.get(row.key) ?? []), row]);
  const wrong = acknowledged.filter(({ key, type, seq, id, version }) => {
    const [row, ...more] = byKey.get(key) ?? [];
    const found = row?.seq === seq && row.id === id && row.version === version && row.type === type;
    return !found || more.length > 0;
  });
  expect(wrong).toEqual([]);
}

function inOrder(acknowledged: readonly Acknowledged[], log: readonly Row[]): void {
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i + 1));
  const back = log.filter(({ at }, i) => i > 0 && at < (log[i - 1]?.at ?? at));
  expect(back).toEqual([]);
  // What was answered before something else was even sent has the smaller number.
  const bySent = [...acknowledged].sort((a, b) => a.sentAt - b.sentAt);
  const byAnswer = [...acknowledged].sort((a, b) => a.answeredAt - b.answeredAt);
  let highest = 0;
  let next = 0;
  const early = bySent.filter(({ sentAt, seq }) => {
    for (let one = byAnswer[next]; one && one.answeredAt < sentAt; one = byAnswer[++next])
      highest = Math.max(highest, one.seq);
    return seq <= highest;
  });
  expect(early).toEqual([]);
}

async function stateOn(server: string): Promise<State> {
  const response = await fetch(`${server}/api/snapshot`);
  const snapshot = decodeSnapshot(new Uint8Array(await response.arrayBuffer()));
  return stateOf(snapshot.country, estimatesIn(snapshot.estimates));
}
