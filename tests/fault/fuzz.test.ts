/**
 * Seeded fuzzing of everything that takes input: every command, every address, every message of the
 * stream. Nothing that anybody sends may bring the server down, be answered with a mistake of ours,
 * or get into the log unless it was accepted. FAULT_SEED=<the seed printed> gives the same inputs.
 */
import { Agent, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Command, type CommandAnswer } from '../../data/wire/commands.ts';
import type { Account } from '../../data/model/account.ts';
import { DEFAULT_LINK_BUDGET, LinkBudgetParameters } from '../../data/radio/link-budget.ts';
import { openReview, type Review } from '../../server/review/review.ts';
import { createCommands, type Commands } from '../../server/commands/handle.ts';
import { Random } from '../../server/demo/random.ts';
import { append, type NewEvent } from '../../server/log/append.ts';
import { headOf, readEvents } from '../../server/log/read.ts';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { replayOf } from '../setup/replay.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { centreOfSmall } from '../setup/small-territory.ts';
import { SEED, times } from './extent.ts';
import { ADDRESSES, BYSTANDER, requestFrom, type Input } from './fuzz/addresses.ts';
import { EDITOR, outsideOfWest } from './fuzz/province.ts';
import { oddValue, spoilt, valueFor, type Named } from './fuzz/values.ts';

const COMMANDS = times(74_000, 800_000);
const REQUESTS = times(8_000, 150_000);
const MESSAGES = times(4_000, 80_000);
const AT_ONCE = 32;
/** Things of each kind that are there from the beginning, so that changes meet something. */
const THINGS = 40;

let database: TestDatabase;
let server: TestServer;
let commands: Commands;
let review: Review;
/** Sessions of those who send; nothing that is drawn names them or their accounts. */
const cookies = { editor: '', operator: '' };
beforeAll(async () => {
  database = await freshDatabase();
  server = await startServer(database);
  await furnish();
  // The numbers that are drawn, and may be ended, are these ones' sessions.
  for (let i = 0; i < 12; i++)
    await server.signIn({ name: BYSTANDER, role: 'editor', units: ['vn'] });
  cookies.editor = await server.signIn({ name: 'bientap', role: 'editor', units: ['vn'] });
  cookies.operator = await server.signIn({ name: 'vanhanh', role: 'operator', units: ['vn'] });
  review = openReview(database.pool, database.url);
  commands = createCommands({
    review,
    pool: database.pool,
    follower: server.follower,
    country: () => server.live.country,
    ground: () => server.live.ground,
    now: Date.now,
  });
});
afterAll(async () => {
  await review.close();
  await server.close();
  await database.close();
});

const PLANNER: Account = { name: 'quyhoach', role: 'planner', units: ['vn'] };

const [lon, lat] = centreOfSmall('00001');
/** How fields are drawn whose schema alone would never name what is there. */
const NAMED: Named = {
  id: (random) => 2 + random.below(THINGS * 6),
  from: (random) => 2 + random.below(THINGS * 6),
  to: (random) => 2 + random.below(THINGS * 6),
  base: (random) => 1 + random.below(3),
  lon: (random) => lon + random.between(-0.04, 0.3),
  lat: (random) => lat + random.between(-0.04, 0.04),
  key: (random) => `fuzz-${SEED}-${random.below(COMMANDS)}`,
  units: (random) => random.pick([['vn'], ['01'], ['11', '00001'], ['99']]),
  url: (random) => random.pick(['http://127.0.0.1:9/x', 'https://a:b@127.0.0.1/', 'ftp://a.vn']),
  quiet: (random) => random.pick([null, { from: '22:00', until: '06:00' }]),
  webhooks: (random) => random.pick([[], [1], [1, 2]]),
  unit: (random) => random.pick(['vn', '01', '11', '00001', '99999']),
  // Channels of eight bands that are all licensed are never met by chance.
  linkBudget: (random) =>
    random.chance(0.5)
      ? { ...DEFAULT_LINK_BUDGET, bodyLossDb: random.below(20) }
      : valueFor(LinkBudgetParameters, random, {}),
};

async function furnish(): Promise<void> {
  const random = new Random(SEED, 'things');
  const place = { lon, lat, simulated: false, source: '' };
  const fields: Partial<Record<NewEvent['type'], NewEvent['fields']>> = {
    'station.add': {
      operator: 'viettel',
      technology: '5g',
      band: 'n41',
      heightM: 30,
      status: 'up',
    },
    'node.add': { level: 'communal', unit: '00001', status: 'up' },
    'hamlet.add': { households: 10, people: 40, gridPower: true, status: 'uncovered' },
    'facility.add': { kind: 'exchange', owner: 'national', status: 'up' },
  };
  const events = Array.from({ length: THINGS }, (_, i) =>
    Object.entries(fields).map(([type, of]) => ({
      type: type as NewEvent['type'],
      ...{ by: 'bientap', key: `thing-${type}-${i}`, effective: '2025-07-28', version: 1 },
      fields: { name: `${type} ${i}`, speciallyDisadvantaged: random.chance(0.5), ...place, ...of },
    })),
  ).flat();
  const things = await append(database.pool, events);
  const nodes = things.filter((_, i) => events[i]?.type === 'node.add').map(({ id }) => id);
  const links = nodes.map((from, i) => ({
    type: 'link.add' as const,
    ...{ by: 'bientap', key: `thing-link.add-${i}`, effective: '2025-07-28', version: 1 },
    fields: {
      ...{ from, to: nodes[(i + 1) % nodes.length], provider: 'VNPT', bandwidthMbps: 200 },
      ...{ status: 'up', simulated: false, source: '' },
    },
  }));
  const done = await append(database.pool, links);
  server.follower.ring();
  await server.follower.reached(done.at(-1)?.seq ?? 0, 10_000);
}

/** Does all inputs, so many at once, and answers what was wrong with them, in words. */
async function fuzz(
  count: number,
  stream: string,
  one: (random: Random) => Promise<string | undefined>,
) {
  const wrong: string[] = [];
  let next = 0;
  async function work(): Promise<void> {
    while (next < count && wrong.length < 10) {
      const number = next++;
      const what = await one(new Random(SEED, `${stream} ${number}`)).catch(String);
      if (what !== undefined) wrong.push(`seed ${SEED}, ${stream} ${number}: ${what}`);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return wrong;
}

/** What is wrong with an answer to a command, if anything. */
function wrongAnswer(answer: CommandAnswer): string | undefined {
  if (typeof answer !== 'object' || answer === null) return `answered ${String(answer)}`;
  if ('proposal' in answer) return `was proposed, where no province asks for approval`;
  if (!('error' in answer))
    return Number.isInteger(answer.seq) && answer.version >= 1 ? undefined : shown(answer);
  return wrongRefusal(answer);
}

function isProposed(answer: unknown): boolean {
  const { proposal } = (answer ?? {}) as { proposal?: unknown };
  return Number.isInteger(proposal);
}

function wrongRefusal(body: unknown): string | undefined {
  const { error } = body as { error?: { code?: unknown; message?: unknown } };
  const told = typeof error?.code === 'string' && typeof error.message === 'string';
  return told && String(error.message).length > 5 ? undefined : `answered ${shown(body)}`;
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? String(value)).slice(0, 600);

describe(`everything that takes input (seed ${SEED})`, () => {
  it(`${COMMANDS} commands: each is done or refused in words, and the log holds what was done`, async () => {
    const before = await headOf(database.pool);
    const accepted = new Set<number>();
    const byType = new Map<string, number>();
    const wrong = await fuzz(COMMANDS, 'command', async (random) => {
      const valid = valueFor(Command, random, NAMED);
      const input = random.chance(0.35)
        ? valid
        : random.chance(0.9)
          ? spoilt(valid, random)
          : oddValue(random);
      const account = random.chance(0.2) ? undefined : random.pick([EDITOR, EDITOR, PLANNER]);
      const answer = await commands
        .handle(input, account)
        .catch((error: unknown) =>
          Promise.reject(new Error(`${String(error)} of ${shown(input)}`)),
        );
      if ('seq' in answer) {
        accepted.add(answer.seq);
        const { type } = input as { type: string };
        byType.set(type, (byType.get(type) ?? 0) + 1);
      }
      const what = wrongAnswer(answer);
      return what === undefined ? undefined : `${what} to ${shown(input)}`;
    });
    expect(wrong).toEqual([]);
    const events = await readEvents(database.pool, before, COMMANDS);
    // A key that was drawn twice got the first answer again.
    expect([...accepted].sort((a, b) => a - b)).toEqual(events.map(({ seq }) => seq));
    expect(events.every(({ by }) => by === EDITOR.name || by === PLANNER.name)).toBe(true);
    const whole = await readEvents(database.pool, 0, before + COMMANDS);
    expect(outsideOfWest(whole)).toEqual([]);
    // It is not all refused at the door: every kind of command was done at least once.
    const kinds = Command.options.map(({ entries }) => entries.type.literal);
    expect(kinds.filter((kind) => !byType.has(kind))).toEqual([]);
  }, 600_000);

  it(`${REQUESTS} requests to every address: no mistake of ours, and every refusal in words`, async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
    const known = await reachable(agent);
    expect(known).toEqual(expect.arrayContaining(['/healthz', '/api/units', '/api/commands']));
    const taken = new Set<string>();
    const wrong = await fuzz(REQUESTS, 'request', async (random) => {
      const input = requestFrom(random, known, Object.values(cookies), NAMED);
      const { status, text } = await sendTo(agent, input);
      if (status < 300) taken.add(`${input.method} ${input.path.split('?')[0]}`);
      const what = wrongResponse(input, status, text);
      return what && `${what} to ${shown(input)}`;
    });
    agent.destroy();
    expect(wrong).toEqual([]);
    // Nor is that all refused at the door: the operator's work was done, and both are still there.
    const wanted = [
      ...['GET /api/accounts', 'POST /api/accounts', 'GET /api/sessions', 'GET /api/displays'],
      ...['POST /api/displays', 'GET /api/account-acts', 'GET /api/proposals', 'POST /api/imports'],
      ...['GET /api/alerts', 'GET /api/alert-rules', 'GET /api/webhooks'],
    ];
    expect(wanted.filter((one) => !taken.has(one))).toEqual([]);
    for (const [role, cookie] of Object.entries(cookies)) {
      const session = await fetch(`${server.url}/api/session`, { headers: { cookie } });
      expect(await session.json()).toMatchObject({ role });
    }
  }, 600_000);

  it(`${MESSAGES} messages of the stream, whole and broken: it stands, and answers who asks`, async () => {
    const sockets = Array.from({ length: 8 }, (_, i) =>
      server.connect(i % 2 === 0 ? cookies.editor : undefined),
    );
    let answers = 0;
    const wrong = await fuzz(MESSAGES, 'message', async (random) => {
      const socket = random.pick(sockets);
      const emit = socket.emit.bind(socket) as (event: string, ...rest: unknown[]) => void;
      const valid = valueFor(Command, random, NAMED);
      const value = random.chance(0.3) ? valid : spoilt(valid, random);
      const kind = random.below(10);
      if (kind < 3) {
        const seq = random.pick([0, 1, server.live.country.seq, 1e9, -1, 'x']);
        emit('follow', random.chance(0.5) ? { seq, units: [oddValue(random)] } : oddValue(random));
      } else if (kind < 4) emit(random.pick(['x', 'status', 'events']), oddValue(random));
      else if (kind < 5) {
        socket.io.engine?.write(random.pick(['2["', '5', '2[]', '21[]', 'x', '2["command"', '0{']));
      } else if (socket.connected) {
        const answer: unknown = await socket
          .timeout(20_000)
          .emitWithAck('command', value as never)
          .catch(() => undefined);
        // A line that broke in between gave no answer; it does that when a message is no message.
        if (answer === undefined) return undefined;
        answers++;
        // By now a province may ask for approval.
        return isProposed(answer) ? undefined : wrongAnswer(answer as CommandAnswer);
      } else {
        // A line that the server cut is not taken up again by itself.
        if (!socket.active) socket.connect();
        await new Promise((resolve) => socket.once('connect', () => resolve(undefined)));
      }
      return undefined;
    });
    expect(wrong).toEqual([]);
    expect(answers).toBeGreaterThan(MESSAGES / 10);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  }, 600_000);

  it('leaves a log that replays to what the server shows', async () => {
    const replay = await replayOf(database);
    expect(replay['seq']).toBe(await headOf(database.pool));
    await expect.poll(() => server.live.country.seq).toBe(replay['seq']);
  });
});

/** Those of the named addresses that are more than `not found` to some method. */
async function reachable(agent: Agent): Promise<string[]> {
  const found: string[] = [];
  for (const address of ADDRESSES) {
    const at = address.replace(/:unit/g, '00001').replace(/\{?:\w+\}?/g, '1');
    for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
      const { status, text } = await sendTo(agent, {
        method,
        path: at || '/',
        headers: {},
        body: '',
      });
      if (status === 404 && !/plan|scenario|unit|alert|rule|webhook/i.test(text.replace(at, '')))
        continue;
      found.push(address);
      break;
    }
  }
  return found;
}

function sendTo(agent: Agent, { method, path, headers, body }: Input) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const { port } = new URL(server.url);
    const sent = request({ agent, port, host: '127.0.0.1', method, path, headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(pieces).toString() }),
      );
    });
    // Node adds it by itself for some methods only.
    if (body !== undefined) sent.setHeader('content-length', Buffer.byteLength(body));
    sent.once('error', reject);
    sent.end(body);
  });
}

/** Refusals are told by the same rule everywhere under /api; anywhere, our own mistakes are none. */
function wrongResponse({ method, path }: Input, status: number, text: string): string | undefined {
  if (status >= 500) return `${status} ${text}`;
  if (status < 400 || !path.startsWith('/api/') || method === 'HEAD') return undefined;
  try {
    return wrongRefusal(JSON.parse(text));
  } catch {
    return `${status} ${text.slice(0, 300)}`;
  }
}
