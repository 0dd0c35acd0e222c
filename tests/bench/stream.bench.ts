/**
 * The stream under load: what commits reaches every follower within a second. The followers are a
 * process of their own; server and PostgreSQL share the machine with them.
 */
import { startServer } from '../setup/server.ts';
import { bench, limitFinding, number, type Finding } from './bench.ts';
import { benchDatabase } from './database.ts';
import { load, type Load } from './stream-load.ts';

const CLIENTS = 500;
const SECONDS = 20;
const P99_MS = 1_000;
/** The heap may breathe; a queue that grows does not stop at this. */
const GROWTH = 1.3;

export default bench({
  name: 'the stream',
  goal: '500 followers of the nation at 200 events/s: p99 from commit to client < 1 s, flat memory',
  async run() {
    const database = await benchDatabase();
    const server = await startServer(database);
    try {
      const one = await load(server, database.pool, { clients: 1, seconds: SECONDS, run: 1 });
      const all = await load(server, database.pool, {
        ...{ clients: CLIENTS, seconds: SECONDS, run: 2 },
      });
      return findingsOf(one, all);
    } finally {
      await server.close();
      await database.close();
    }
  },
});

function findingsOf(one: Load, all: Load): Finding[] {
  const { early, late } = all.heapMb;
  const expected = all.sent * CLIENTS;
  return [
    limitFinding(`p99 commit to client, ${CLIENTS} followers`, all.seen.p99, P99_MS, 'ms'),
    {
      what: 'against one follower',
      figures:
        `p99 ${all.seen.p99} ms against ${one.seen.p99} ms: ` +
        `ratio ${number(all.seen.p99 / one.seen.p99)}; median ${all.seen.median} ms`,
      verdict: 'shown',
    },
    {
      what: 'delivered, in order, without a hole',
      figures: `${all.seen.events} of ${expected} events, ${all.seen.holes} holes`,
      verdict: all.seen.events === expected && all.seen.holes === 0 ? 'met' : 'not met',
    },
    {
      what: 'server heap at the end against after a quarter',
      figures:
        `${number(late)} MB against ${number(early)} MB: ratio ${number(late / early)}, ` +
        `wanted at most ${GROWTH}`,
      verdict: late / early <= GROWTH ? 'met' : 'not met',
    },
  ];
}
