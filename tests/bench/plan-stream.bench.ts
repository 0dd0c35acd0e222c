/**
 * The stream while a plan is made: the same followers and events without a plan and with one after
 * another for the whole country, asked for over HTTP, in turn.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Plan } from '../../data/wire/plans.ts';
import { adoptPack } from '../../server/territory/adopt.ts';
import { readApproximatePack } from '../../server/territory/approximate.ts';
import { openPack } from '../../server/territory/pack.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { bench, number, quantile } from './bench.ts';
import { benchDatabase } from './database.ts';
import { EVENTS_PER_SECOND, load } from './stream-load.ts';

const CLIENTS = 200;
const SECONDS = 8;
const ROUNDS = 3;
const RATIO = 2;
const PLAN = { count: 10_000, goal: 'people', limits: { perOperatorBand: 2_000 } };

export default bench({
  name: 'the stream while a plan is made',
  goal: `p99 from commit to client at most ${RATIO} times that without a plan`,
  async run() {
    const database = await benchDatabase();
    const pack = await readApproximatePack();
    const { hash } = openPack(pack);
    await adoptPack(database.pool, { bytes: pack, hash, kind: 'approximate' }, 'bench');
    const server = await startServer(database);
    const without: number[] = [];
    const during: number[] = [];
    let made = 0;
    try {
      // The first is to warm up.
      for (let round = 0; round <= ROUNDS; round++) {
        const size = { clients: CLIENTS, seconds: SECONDS };
        const alone = await load(server, database.pool, { ...size, run: round * 2 });
        const planning = keepPlanning(server);
        const beside = await load(server, database.pool, { ...size, run: round * 2 + 1 });
        const plans = await planning.stop();
        if (round === 0) continue;
        without.push(alone.seen.p99);
        during.push(beside.seen.p99);
        made += plans;
      }
    } finally {
      await server.close();
      await database.close();
    }
    const ratio = quantile(during, 0.5) / quantile(without, 0.5);
    return [
      {
        what: `p99 to ${CLIENTS} followers at ${EVENTS_PER_SECOND} events/s, ${made} plans meanwhile`,
        figures:
          `${during.join(', ')} ms during plans against ${without.join(', ')} ms without: ` +
          `ratio ${number(ratio)}, wanted at most ${RATIO}`,
        verdict: ratio <= RATIO && made > 0 ? ('met' as const) : ('not met' as const),
      },
    ];
  },
});

/** Asks for one plan after another, looking at each as the page does, until it is stopped. */
function keepPlanning({ url }: TestServer): { stop(): Promise<number> } {
  let going = true;
  let made = 0;
  const all = (async () => {
    while (going) {
      const headers = { 'Content-Type': 'application/json' };
      const body = JSON.stringify(PLAN);
      const answer = await fetch(`${url}/api/plans`, { method: 'POST', headers, body });
      if (answer.status !== 202) throw new Error(await answer.text());
      const { id } = (await answer.json()) as { id: string };
      let state = 'waiting';
      while (going && (state === 'waiting' || state === 'running')) {
        await wait(400);
        const plan = await fetch(`${url}/api/plans/${id}`);
        ({ state } = (await plan.json()) as Plan);
      }
      if (!going) await fetch(`${url}/api/plans/${id}`, { method: 'DELETE' });
      made++;
    }
  })();
  return {
    async stop() {
      going = false;
      await all;
      return made;
    },
  };
}
