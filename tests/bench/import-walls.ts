/**
 * Walls in a process of their own: `import-walls.ts <url> <count>`. Each follows the stream and takes a
 * snapshot when it is told to start over. Says `ready` when all follow; on a line of input (a number of
 * the log) waits until every wall has it, then says when the last had it, the longest time for which
 * any wall heard nothing since it was told to begin, ms, and since then when each wall had which number.
 */
import { createInterface } from 'node:readline';
import { io } from 'socket.io-client';
import type { Events } from '../../data/wire/stream.ts';

/** That a wall has everything up to a number of the log, ms since 1970. */
export type Step = [wall: number, at: number, seq: number];

const [url = '', count = '1'] = process.argv.slice(2);
const walls = Number(count);
const seen = Array.from({ length: walls }, () => -1);
let heard = Array.from({ length: walls }, () => performance.now());
let silence = 0;
let steps: Step[] = [];
let following = 0;
let wanted: number | undefined;

function hear(wall: number): void {
  const now = performance.now();
  silence = Math.max(silence, now - (heard[wall] ?? now));
  heard[wall] = now;
}

function know(wall: number, seq: number): void {
  seen[wall] = Math.max(seen[wall] ?? -1, seq);
  steps.push([wall, Date.now(), seq]);
  tell();
}

function tell(): void {
  if (wanted === undefined || seen.some((seq) => seq < (wanted ?? 0))) return;
  wanted = undefined;
  console.log(JSON.stringify({ at: Date.now(), silence: Math.round(silence), steps }));
}

const health = (await (await fetch(`${url}/healthz`)).json()) as { seq: number };
for (let wall = 0; wall < walls; wall++) {
  const socket = io(url, { transports: ['websocket'], forceNew: true });
  socket.onAny(() => hear(wall));
  socket.on('connect', () => socket.emit('follow', { seq: Math.max(health.seq, seen[wall] ?? 0) }));
  socket.on('events', ({ to }: Events) => {
    if (seen[wall] === -1 && ++following === walls) console.log('ready');
    know(wall, to);
  });
  socket.on('reset', () => void takeSnapshot());

  /** One that is shared with others may be a second old: then the server says again to start over. */
  async function takeSnapshot(): Promise<void> {
    const response = await fetch(`${url}/api/snapshot`);
    await response.arrayBuffer();
    const has = Number(response.headers.get('x-seq'));
    know(wall, has);
    socket.emit('follow', { seq: has });
  }
}

createInterface({ input: process.stdin }).on('line', (line) => {
  if (line === 'begin') {
    silence = 0;
    steps = [];
    heard = heard.map(() => performance.now());
    console.log('begun');
    return;
  }
  wanted = Number(line);
  tell();
});
