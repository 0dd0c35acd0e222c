/** The database of this installation: one of the user's own, or the one that comes with Phủ Sóng. */
import type { StartError } from '../errors.ts';
import { checkDatabase } from './connect.ts';
import { openEmbedded } from './embedded.ts';

export interface OpenOptions {
  /** A PostgreSQL of the user's own (`DATABASE_URL`); several servers may share it. */
  databaseUrl?: string;
  /** Where the embedded PostgreSQL keeps everything; not touched with a `databaseUrl`. */
  dataDir: string;
  /** Told in a few words what is being done, for the terminal. */
  onProgress?: (message: string) => void;
  /** `server` (the default): one at a time on a data folder. `tool`: beside a running server or alone. */
  lock?: 'server' | 'tool';
}

export interface Database {
  /** `postgres://…` for `pg`; contains the password, so it is never printed. */
  url: string;
  embedded: boolean;
  /** The folder on whose disk the embedded PostgreSQL keeps everything; undefined with a `databaseUrl`. */
  home: string | undefined;
  /**
   * Resolves, with a sentence for people, when the embedded PostgreSQL ends under us; the server
   * lock is gone with it, so a server must leave too. Never resolves with a `databaseUrl`, where a
   * broken line may come back.
   */
  lost: Promise<StartError>;
  /**
   * Gives up our lock and, where nobody else uses the embedded PostgreSQL, stops it; to be called
   * after the pools are closed. Calling it again waits for the same end.
   */
  close(): Promise<void>;
}

/**
 * Opens the database, making and starting it where needed; one to three seconds the first time, a
 * tenth of a second later.
 *
 * @throws {StartError} whenever a person has to do something: one clear sentence.
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const { databaseUrl } = options;
  if (databaseUrl === undefined || databaseUrl === '') return openEmbedded(options);
  await checkDatabase(databaseUrl);
  return {
    url: databaseUrl,
    embedded: false,
    home: undefined,
    lost: new Promise<StartError>(() => undefined),
    close: async () => undefined,
  };
}
