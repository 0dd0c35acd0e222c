/**
 * Watchers in a process of their own, which can be put to sleep as a laptop is: `sleepers.ts <host>
 * <count>`. Answers each line of input with where each of them is, and with its state.
 */
import { createInterface } from 'node:readline';
import { watch } from './watcher.ts';

const [host = '', count = '1'] = process.argv.slice(2);
const watchers = Array.from({ length: Number(count) }, () => watch(host));

createInterface({ input: process.stdin }).on('line', () => {
  const told = watchers.map((watcher) => ({
    seq: watcher.seq,
    holes: watcher.holes,
    state: watcher.seq < 0 ? {} : watcher.state(),
  }));
  console.log(JSON.stringify(told));
});
