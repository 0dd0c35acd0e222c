/** What `npm run backup` and `npm run restore` have in common: their one file and how they end. */
import { StartError } from '../errors.ts';
import { progressLines } from '../raster/progress.ts';
import { BackupRefused } from './refusal.ts';

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

export const tellProgress = progressLines(say, Date.now);

/** Runs a command on the file that it was given; a StartError ends it with its sentence and code 1. */
export async function runOnFile(
  name: 'backup' | 'restore',
  run: (file: string) => Promise<void>,
): Promise<void> {
  try {
    const [file, ...more] = process.argv.slice(2);
    if (file === undefined || file.startsWith('-') || more.length > 0)
      throw new BackupRefused(`Use it as: npm run ${name} -- <file>`);
    await run(file);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

/** `12.3 MB` */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
