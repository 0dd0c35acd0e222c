/**
 * Followers in a process of their own: `stream-clients.ts <url> <count>`. Says `ready` when all
 * follow, and on any line of input what they have seen since: delays in ms from commit to client.
 */
import { io } from 'socket.io-client';
import type { Events } from '../../data/wire/stream.ts';

const [url = '', count = '1'] = process.argv.slice(2);
const clients = Number(count);
let delays: number[] = [];
let holes = 0;
let events = 0;
let following = 0;

const health = (await (await fetch(`${url}/healthz`)).json()) as { seq: number };
for (let i = 0; i < clients; i++) {
  const socket = io(url, { transports: ['websocket'], forceNew: true });
  let seq = -1;
  socket.on('connect', () => socket.emit('follow', { seq: seq < 0 ? health.seq : seq }));
  socket.on('reset', () => holes++);
  socket.on('events', (batch: Events) => {
    const now = Date.now();
    if (seq < 0 && ++following === clients) console.log('ready');
    if (seq >= 0 && batch.from !== seq + 1) holes++;
    seq = batch.to;
    for (const event of batch.events) delays.push(now - Date.parse(event.at));
    events += batch.events.length;
  });
}

process.stdin.on('data', () => {
  delays.sort((a, b) => a - b);
  const at = (share: number): number => delays[Math.floor(share * (delays.length - 1))] ?? NaN;
  console.log(JSON.stringify({ median: at(0.5), p99: at(0.99), holes, events }));
  delays = [];
  events = 0;
});
