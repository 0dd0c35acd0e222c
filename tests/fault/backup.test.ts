/** A machine is lost: what a person does with a backup at the terminal, with the real commands. */
import { access, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../setup/command.ts';
import { temporaryFolder } from '../setup/folder.ts';
import { startMain, type MainProcess } from '../setup/main-process.ts';
import { report, signedIn } from './person.ts';
import { EDITOR, makeSmall } from './small-system.ts';

let room: string;
const running: MainProcess[] = [];
beforeAll(async () => {
  room = await temporaryFolder('backup');
});
afterAll(async () => {
  for (const { child, ended } of running) {
    child.kill('SIGTERM');
    await ended;
  }
  await rm(room, { recursive: true, force: true });
});

const folder = (name: string): string => path.join(room, name);
const environment = (name: string) => ({ PHUSONG_DATA_DIR: folder(name), PHUSONG_DEMO: 'off' });
function start(name: string): MainProcess {
  const started = startMain(environment(name));
  running.push(started);
  return started;
}
const backup = (name: string, file: string) =>
  runCommand('backup/backup-command.ts', [file], environment(name));
const restore = (name: string, file: string) =>
  runCommand('backup/restore-command.ts', [file], environment(name));

describe('npm run backup and npm run restore', () => {
  it('bring a system from one machine to another, empty one', async () => {
    const file = folder('everything.backup');
    await makeSmall(folder('first'));
    const first = start('first');
    const url = await first.ready;
    const cookie = await signedIn(url, EDITOR);
    const seq = await report(url, cookie, 'before-backup');

    const written = await backup('first', file);
    expect(written).toMatchObject({ code: 0, complained: '' });
    expect(written.said).toContain(`everything up to event ${seq}`);
    expect(written.said).toContain('keep it where only you can read it');
    const beside = await restore('first', file);
    expect(beside.code).toBe(1);
    expect(beside.complained).toMatch(/^Another Phủ Sóng server \(pid \d+\) already uses/);
    await report(url, cookie, 'after-backup');

    expect(await restore('second', file)).toMatchObject({ code: 0, complained: '' });
    const second = start('second');
    const again = await second.ready;
    expect(second.output()).not.toContain('shown this once');
    expect(await report(again, await signedIn(again, EDITOR), 'on-the-second')).toBe(seq + 1);
    second.child.kill('SIGTERM');
    await second.ended;
    const twice = await restore('second', file);
    expect(twice.code).toBe(1);
    expect(twice.complained).toMatch(
      /^The system is not empty \(accounts: 2, .*events: \d+, .*\), and a restore never writes over/,
    );
  });

  it('say in one sentence what is wrong, and make no database for it', async () => {
    const nothing = await backup('nothing', folder('nothing.backup'));
    expect(nothing).toMatchObject({ code: 1, said: '' });
    expect(nothing.complained).toMatch(/^There is nothing to back up: the data folder .* holds no/);
    const alien = await restore('nothing', path.resolve('package.json'));
    expect(alien).toMatchObject({ code: 1, said: '' });
    expect(alien.complained).toMatch(/^\S+package\.json is not a backup of Phủ Sóng\.$/);
    await expect(access(folder('nothing'))).rejects.toThrow('ENOENT');
  });
});
