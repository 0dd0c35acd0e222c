/**
 * The stream: what happens, to whoever follows, ten times a second. A client that comes with the
 * last number it saw gets the tail from memory and then goes on live; one that cannot be served
 * that way, or that reads too slowly, gets `reset` and takes a snapshot.
 */
import type { Server, Socket } from 'socket.io';
import * as v from 'valibot';
import { withoutNames } from '../../data/log/event.ts';
import { NATION } from '../../data/model/unit.ts';
import type { UnitEstimates } from '../../data/model/estimate.ts';
import { Attend, Follow, type Down, type Status, type Up } from '../../data/wire/stream.ts';
import type { Account } from '../../data/model/account.ts';
import type { Commands } from '../commands/handle.ts';
import type { Applied, LiveCountry } from '../country/live.ts';
import { isLagging, type Backlog } from './backlog.ts';
import type { Attendant, Presence } from './presence.ts';

export interface SocketData {
  account: Account | undefined;
  /** Looks up who it is now: a session may have ended since the socket was opened. */
  whoAmI: () => Promise<Account | undefined>;
}
type StreamServer = Server<Up, Down, Record<string, never>, SocketData>;
type StreamSocket = Socket<Up, Down, Record<string, never>, SocketData>;

const FLUSH_MS = 100;
/** An empty batch at least this often, so that everyone knows how far the log is. */
const PULSE_MS = 1_000;
const STATUS_MS = 5_000;
/** Bulk work comes in several batches: its followers are told to start over at most this often. */
const RESET_MS = 2_000;
/** Commands that one socket may have under way. */
const COMMANDS_AT_ONCE = 64;

/** Followers of the same units share one room and one batch; who is not signed in is told no names. */
interface Group {
  room: string;
  named: boolean;
  units: ReadonlySet<string> | undefined;
  followers: number;
}

export interface Stream {
  /** Messages that clients have been sent and have not read, all together. */
  unread(): number;
  /** Tells everyone how the server is, now. */
  announce(): void;
  close(): void;
}

export function openStream(options: {
  io: StreamServer;
  live: LiveCountry;
  commands: Commands;
  presence: Presence;
  status: () => Status;
  /** Called with the ms between an event's commit and its being sent. */
  onSent?: (delayMs: number) => void;
}): Stream {
  const { io, live, commands, presence, status, onSent } = options;
  const groups = new Map<string, Group>();
  const followers = new Map<StreamSocket, Group>();
  let pending: Applied[] = [];
  /** How far this has been told what happened; the country itself may be in the middle of a batch. */
  let told = live.country.seq;
  let sentTo = told;
  /** Nobody can come back from before this: what happened then cannot be told event by event. */
  let floor = sentTo;
  // By a clock that nobody sets: the one on the wall may jump.
  let lastBatch = -Infinity;
  let lastReset = -Infinity;
  let resetDue = false;
  /** The batch in which the estimate of a unit last changed, by its last number. */
  const estimatedAt = new Map<string, number>();

  /** Those whose snapshot is of the middle of a batch follow when it has been told. */
  const early = new Map<StreamSocket, Follow>();

  live.onApplied((applied, reset) => {
    told = live.country.seq;
    if (reset) resetDue = true;
    else pending.push(...applied);
    for (const [socket, request] of [...early]) follow(socket, request);
  });

  function resetAll(now: number): void {
    resetDue = false;
    lastReset = now;
    pending = [];
    live.coverage?.takeChanged();
    estimatedAt.clear();
    sentTo = floor = told;
    for (const socket of followers.keys()) unfollow(socket);
    io.emit('reset', { seq: sentTo });
    io.emit('status', status());
  }

  function tick(): void {
    for (const socket of followers.keys())
      if (isLagging(backlogOf(socket))) resetWhenDrained(socket);
    const now = performance.now();
    if (resetDue) {
      if (now - lastReset >= RESET_MS) resetAll(now);
    } else if (pending.length > 0 || now - lastBatch >= PULSE_MS) flush();
  }

  function flush(): void {
    lastBatch = performance.now();
    const batch = pending;
    const from = sentTo + 1;
    pending = [];
    sentTo = told;
    const { coverage } = live;
    const changed = coverage?.estimatesOf(coverage.takeChanged()) ?? {};
    for (const unit of Object.keys(changed)) estimatedAt.set(unit, sentTo);
    for (const group of groups.values()) {
      const to = io.to(group.room);
      to.emit('events', { from, to: sentTo, events: eventsFor(group, batch) });
      const units = group.units ? pick(changed, group.units) : changed;
      if (Object.keys(units).length > 0) to.emit('estimates', { seq: sentTo, units });
    }
    if (onSent) for (const { event } of batch) onSent(Date.now() - Date.parse(event.at));
  }

  /** Estimates of the units followed and of everything inside them. */
  function pick(
    changed: Record<string, UnitEstimates>,
    units: ReadonlySet<string>,
  ): Record<string, UnitEstimates> {
    const inside = (code: string): boolean => {
      const province = live.ground?.provinceOf(code);
      return units.has(code) || (province !== undefined && units.has(province));
    };
    return Object.fromEntries(Object.entries(changed).filter(([code]) => inside(code)));
  }

  function follow(socket: StreamSocket, request: Follow): void {
    unfollow(socket);
    if (request.seq > told && request.seq <= live.country.seq) {
      early.set(socket, request);
      return;
    }
    // A snapshot may be ahead of the last batch: everyone is brought there first.
    if (resetDue) resetAll(performance.now());
    else if (request.seq > sentTo) flush();
    const first = live.recent[0]?.event.seq ?? sentTo + 1;
    if (request.seq > sentTo || request.seq < Math.max(first - 1, floor)) {
      socket.emit('reset', { seq: sentTo });
      return;
    }
    const units = request.units?.includes(NATION) ? undefined : request.units;
    const group = groupOf(units, socket.data.account !== undefined);
    group.followers++;
    followers.set(socket, group);
    void socket.join(group.room);
    const tail = live.recent.slice(request.seq + 1 - first, sentTo + 1 - first);
    const events = eventsFor(group, tail);
    socket.emit('events', { from: request.seq + 1, to: sentTo, events });
    const missed = [...estimatedAt].filter(([, seq]) => seq > request.seq).map(([unit]) => unit);
    const estimates = live.coverage?.estimatesOf(missed) ?? {};
    socket.emit('estimates', {
      seq: sentTo,
      units: group.units ? pick(estimates, group.units) : estimates,
    });
  }

  function groupOf(units: readonly string[] | undefined, named: boolean): Group {
    const of = units ? `units:${[...new Set(units)].sort().join(',')}` : 'nation';
    const room = named ? `named:${of}` : of;
    const known = groups.get(room);
    if (known) return known;
    const group = { room, named, units: units && new Set(units), followers: 0 };
    groups.set(room, group);
    return group;
  }

  function unfollow(socket: StreamSocket): void {
    early.delete(socket);
    const group = followers.get(socket);
    if (!group) return;
    followers.delete(socket);
    void socket.leave(group.room);
    if (--group.followers === 0) groups.delete(group.room);
  }

  /** Leaves a slow reader alone until it has read what it was sent, then asks it to start over. */
  function resetWhenDrained(socket: StreamSocket): void {
    unfollow(socket);
    socket.conn.once('drain', () => socket.emit('reset', { seq: live.country.seq }));
  }

  io.on('connection', (socket) => {
    let underWay = 0;
    socket.emit('status', status());
    socket.on('disconnect', () => unfollow(socket));
    socket.on('follow', (request) => {
      const parsed = v.safeParse(Follow, request);
      if (parsed.success) follow(socket, parsed.output);
      else socket.emit('reset', { seq: live.country.seq });
    });
    hearAttending(socket, presence);
    socket.on('command', (command, answer) => {
      if (typeof answer !== 'function') return;
      if (underWay >= COMMANDS_AT_ONCE) {
        const message = `More than ${COMMANDS_AT_ONCE} commands under way: wait for answers.`;
        answer({ error: { code: 'too_many', message } });
        return;
      }
      underWay++;
      socket.data
        .whoAmI()
        .then((account) => commands.handle(command, account))
        .catch(() => ({
          error: { code: 'unavailable' as const, message: 'The server could not do it now.' },
        }))
        .then(answer)
        .finally(() => underWay--);
    });
  });

  const announce = (): void => void io.emit('status', status());
  const flushing = setInterval(tick, FLUSH_MS);
  const announcing = setInterval(announce, STATUS_MS);
  return {
    unread: () => [...io.sockets.sockets.values()].reduce((n, s) => n + backlogOf(s).packets, 0),
    announce,
    close() {
      clearInterval(flushing);
      clearInterval(announcing);
    },
  };
}

/** Notes which form is open at a socket, for as long as it is somebody's. */
function hearAttending(socket: StreamSocket, presence: Presence): void {
  let attendant: Attendant | undefined;
  /** What the newest request said; who asks is looked up once at a time, however many there are. */
  let wanted: number | null = null;
  let looking = false;

  function attend(thing: number | null, name: string | undefined): void {
    if (attendant && (thing === null || attendant.name !== name)) presence.attend(attendant, null);
    if (thing === null || name === undefined) return;
    if (attendant?.name !== name)
      attendant = { name, tell: (of, names) => socket.emit('present', { thing: of, names }) };
    presence.attend(attendant, thing);
  }

  async function look(): Promise<void> {
    looking = true;
    for (let thing = wanted; ; thing = wanted) {
      const account = await socket.data.whoAmI().catch(() => undefined);
      if (thing !== wanted) continue;
      looking = false;
      attend(thing, account?.name);
      return;
    }
  }

  socket.on('disconnect', () => attend((wanted = null), undefined));
  socket.on('attend', (request) => {
    const parsed = v.safeParse(Attend, request);
    wanted = parsed.success ? parsed.output.thing : null;
    if (wanted === null) attend(null, undefined);
    else if (!looking) void look();
  });
}

function eventsFor(group: Group, applied: readonly Applied[]) {
  const { units, named } = group;
  const wanted = units ? applied.filter((one) => one.units.some((u) => units.has(u))) : applied;
  return wanted.map(({ event }) => (named ? event : withoutNames(event)));
}

function backlogOf(socket: StreamSocket): Backlog {
  // Engine.IO keeps both, but does not declare them.
  const { writeBuffer, transport } = socket.conn as unknown as {
    writeBuffer: unknown[];
    transport: { socket?: { bufferedAmount?: number } };
  };
  return { packets: writeBuffer.length, bytes: transport.socket?.bufferedAmount ?? 0 };
}
