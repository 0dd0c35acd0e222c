/**
 * Someone who changes things all the time and keeps every answer. A change whose fate is unknown,
 * because the answer did not come, is sent again with the same key until it is answered.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { io } from 'socket.io-client';
import type { Accepted, CommandAnswer } from '../../data/wire/commands.ts';
import { Random } from '../../server/demo/random.ts';
import { centreOfSmall } from '../setup/small-territory.ts';
import type { TestSocket } from '../setup/server.ts';

export interface Acknowledged extends Accepted {
  key: string;
  type: string;
  /** When it was first sent and when it was answered, ms of this process. */
  sentAt: number;
  answeredAt: number;
}

export interface Writer {
  readonly acknowledged: readonly Acknowledged[];
  /** Answers that are neither an acknowledgement nor `unavailable`. */
  readonly refused: readonly string[];
  /** How often it had to send something again. */
  readonly repeated: number;
  /** Wishes nothing more, and resolves once the last wish is answered. */
  stop(): Promise<void>;
}

/** Sends a command once; rejects when no answer came. */
export type Send = (command: object) => Promise<CommandAnswer>;

const ANSWER_WITHIN_MS = 10_000;
const AGAIN_AFTER_MS = 100;
/** A load, and still room for a server to start beside it on a small machine. */
const BREATH_MS = 10;
const COMMUNES = ['00001', '00002', '00003', '00004', '03001', '03002', '03003', '03004'];

/** Writes nearly as fast as it is answered; `name` and `seed` decide what. */
export function startWriter(name: string, seed: number, send: Send): Writer {
  const random = new Random(seed, `writer ${name}`);
  const acknowledged: Acknowledged[] = [];
  const refused: string[] = [];
  const things: { id: number; version: number }[] = [];
  let repeated = 0;
  let wishes = 0;
  let stopped = false;

  function wish(): Record<string, unknown> & { type: string; key: string } {
    const key = `${name}-${seed}-${++wishes}`;
    const own = things.length > 0 ? random.below(things.length) : -1;
    const thing = things[own];
    if (!thing || random.chance(0.5)) return { type: 'station.add', key, ...station() };
    const { id, version: base } = thing;
    if (random.chance(0.2)) {
      things.splice(own, 1);
      return { type: 'station.remove', key, id, base };
    }
    const status = random.pick(['on_air', 'down'] as const);
    return { type: 'station.change', key, id, base, status, heightM: 20 + random.below(40) };
  }

  function station() {
    const [lon, lat] = centreOfSmall(random.pick(COMMUNES));
    return {
      ...{ name: `Trạm ${name} ${wishes}`, operator: 'viettel', technology: '5g', band: 'n41' },
      lon: lon + random.between(-0.04, 0.04),
      lat: lat + random.between(-0.04, 0.04),
      ...{ heightM: 30, status: 'on_air' },
    };
  }

  async function write(): Promise<void> {
    while (!stopped) {
      const command = wish();
      const sentAt = performance.now();
      const answer = await answered(command);
      if ('error' in answer) {
        refused.push(
          `${command.key} ${command.type}: ${answer.error.code} ${answer.error.message}`,
        );
        continue;
      }
      const { key, type } = command;
      acknowledged.push({ ...answer, key, type, sentAt, answeredAt: performance.now() });
      const { id, version } = answer;
      const known = things.find((one) => one.id === id);
      if (known) known.version = version;
      else if (type === 'station.add') things.push({ id, version });
      await pause(BREATH_MS);
    }
  }

  async function answered(command: object): Promise<CommandAnswer> {
    for (;;) {
      const answer = await send(command).catch(() => undefined);
      if (answer && !('error' in answer && answer.error.code === 'unavailable')) return answer;
      repeated++;
      await pause(AGAIN_AFTER_MS);
    }
  }

  const writing = write();
  return {
    acknowledged,
    refused,
    get repeated() {
      return repeated;
    },
    stop() {
      stopped = true;
      return writing;
    },
  };
}

export function overHttp(url: string, cookie: string): Send {
  return async (command) => {
    const response = await fetch(`${url}/api/commands`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', cookie },
      body: JSON.stringify(command),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    return (await response.json()) as CommandAnswer;
  };
}

/** Over a socket of its own, which connects again whenever it is cut. */
export function overSocket(url: string, cookie: string): { send: Send; close(): void } {
  const socket: TestSocket = io(url, {
    ...{ transports: ['websocket'], forceNew: true, extraHeaders: { cookie } },
    ...{ reconnectionDelay: 50, reconnectionDelayMax: 200, timeout: 3_000 },
  });
  return {
    send: async (command) => {
      if (!socket.connected) throw new Error('not connected');
      // Answered with whatever was sent, shaped as a command or not.
      return socket.timeout(ANSWER_WITHIN_MS).emitWithAck('command', command as never);
    },
    close: () => void socket.disconnect(),
  };
}
