/**
 * Editors in a process of their own: `load-editors.ts <url> <cookie> <run> <editors> <changes> <a
 * second> <first id> <stations>`. Each has a socket and stations of its own, untouched so far, and
 * changes one after another at an even pace; says at the end how many changes were acknowledged, which
 * were refused, and the ms that an answer took.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { io } from 'socket.io-client';
import type { CommandAnswer } from '../../data/wire/commands.ts';

const [url = '', cookie = '', run = '', ...numbers] = process.argv.slice(2);
const [editors = 1, changes = 1, perSecond = 1, firstId = 1, stations = 1] = numbers.map(Number);

const delays: number[] = [];
const refused: string[] = [];

async function edit(editor: number): Promise<void> {
  const options = { transports: ['websocket'], forceNew: true, extraHeaders: { cookie } };
  const socket = io(url, options);
  await new Promise<void>((resolve) => socket.on('connect', () => resolve()));
  const own = Math.floor(stations / editors);
  for (let i = 0; i < changes / editors; i++) {
    const due = wait((1_000 * editors) / perSecond);
    const sentAt = performance.now();
    const answer = (await socket.emitWithAck('command', {
      type: 'station.change',
      key: `load-${run}-${editor}-${i}`,
      id: firstId + editor * own + (i % own),
      base: 1 + Math.floor(i / own),
      heightM: 20 + (i % 40),
      status: i % 3 === 0 ? 'down' : 'on_air',
    })) as CommandAnswer;
    if ('error' in answer) refused.push(answer.error.message);
    else delays.push(performance.now() - sentAt);
    await due;
  }
  socket.disconnect();
}

await Promise.all(Array.from({ length: editors }, (_, editor) => edit(editor)));
delays.sort((a, b) => a - b);
const p99 = delays[Math.floor(0.99 * (delays.length - 1))] ?? NaN;
console.log(JSON.stringify({ acknowledged: delays.length, refused: refused.slice(0, 3), p99 }));
