/** Connecting to PostgreSQL, and saying in one sentence why it did not work. */
import pg from 'pg';
import { codeOf, StartError } from '../errors.ts';

const TIMEOUT_MS = 5_000;
const OLDEST_VERSION = 14;

/**
 * One connection of its own, for what a pool cannot hold (locks, LISTEN); not connected yet. It gives
 * up after five seconds. Whoever keeps it listens for its `error`, which comes when the line breaks.
 *
 * @param url `postgres://user:password@host:port/database`
 */
export function clientFor(
  url: string,
  applicationName: string,
  more: pg.ClientConfig = {},
): pg.Client {
  return new pg.Client({
    ...more,
    connectionString: url,
    connectionTimeoutMillis: TIMEOUT_MS,
    application_name: applicationName,
  });
}

/**
 * Tries the database that `DATABASE_URL` names: it answers within five seconds, is new enough, holds
 * Unicode, and takes writes.
 *
 * @throws {StartError} in one sentence, which never contains the password.
 */
export async function checkDatabase(url: string): Promise<void> {
  const client = clientOf(url);
  const where = client.host.startsWith('/') ? client.host : `${client.host}:${client.port}`;
  const database = `the database "${client.database}" at ${where} (DATABASE_URL)`;
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number; encoding: string; readonly: string }>(
      `select current_setting('server_version_num')::int / 10000 as version,
              current_setting('server_encoding') as encoding,
              current_setting('transaction_read_only') as readonly`,
    );
    const found = rows[0];
    if (!found) throw new Error('it gave no answer');
    if (found.version < OLDEST_VERSION) {
      throw new StartError(
        `PostgreSQL ${found.version} runs ${database}, which is too old: version ${OLDEST_VERSION} or newer is needed.`,
      );
    }
    if (found.encoding !== 'UTF8') {
      throw new StartError(
        `The text of ${database} is ${found.encoding}, which cannot hold Vietnamese: make one with ENCODING 'UTF8'.`,
      );
    }
    if (found.readonly === 'on') {
      throw new StartError(
        `It is not possible to write in ${database}, probably a standby: give the address of the primary.`,
      );
    }
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`Cannot use ${database}: ${reason(error, client)}.`, { cause: error });
  } finally {
    void client.end().catch(() => undefined);
  }
}

function clientOf(url: string): pg.Client {
  const wrong =
    'DATABASE_URL is not an address of PostgreSQL: it looks like postgres://user:password@host:5432/database.';
  if (!/^(postgres|postgresql|socket):\/\/|^\//.test(url)) throw new StartError(wrong);
  try {
    const client = clientFor(url, 'phusong', { query_timeout: TIMEOUT_MS });
    // Its end is seen by whoever waits for the answer; an unheard error event would end the process.
    client.on('error', () => undefined);
    return client;
  } catch {
    // The original error may quote the address, password included: it is not passed on.
    throw new StartError(wrong);
  }
}

function reason(error: unknown, client: pg.Client): string {
  const message = error instanceof Error ? error.message : String(error);
  switch (codeOf(error)) {
    case 'ECONNREFUSED':
    case 'ENOENT':
      return 'nothing listens there; start PostgreSQL or correct the address';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `no machine called "${client.host}" is known; correct the address`;
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'the machine does not answer; check the network and the address';
    case '28P01':
      return `PostgreSQL does not accept the password of the user "${client.user}"`;
    case '28000':
      return `PostgreSQL does not let the user "${client.user}" in (${message})`;
    case '3D000':
      return 'PostgreSQL answers, but has no database of that name; create it';
    case '53300':
      return 'PostgreSQL has no connection left';
    case '57P03':
      return 'PostgreSQL is starting or stopping; try again in a moment';
  }
  if (/timeout/i.test(message))
    return 'no answer within 5 seconds; check the network and the address';
  if (/client password must be/.test(message)) {
    return `PostgreSQL asks for the password of the user "${client.user}", and the address has none`;
  }
  if (/terminated unexpectedly|ECONNRESET/.test(message)) {
    return 'what listens there closed the connection; is it PostgreSQL?';
  }
  return message;
}
