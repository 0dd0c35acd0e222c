/** Reports as a browser sends them: the form of a commune's page, without a script. */
import type { TestServer } from './server.ts';

export interface SentReport {
  status: number;
  /** The page that was answered; empty for a redirection. */
  page: string;
  /** Where to follow it, with the query; empty when it was not taken. */
  follow: string;
}

let forms = 0;

/** Fields that are enough, with a key of its own. */
export function filledIn(fields: Record<string, string> = {}): Record<string, string> {
  return { key: `a-form-key-for-tests-${++forms}`, operator: 'viettel', what: 'none', ...fields };
}

/** Sends a form; `from` is the address that a proxy names. */
export async function sendReport(
  { url }: Pick<TestServer, 'url'>,
  commune: string,
  fields: Record<string, string> = filledIn(),
  { photo, from = nextAddress() }: { photo?: Buffer; from?: string } = {},
): Promise<SentReport> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  // What a browser sends for a file that was not chosen.
  body.set('photo', new Blob([new Uint8Array(photo ?? [])]), photo ? 'IMG_1.JPG' : '');
  const response = await fetch(`${url}/bao/${commune}`, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { 'X-Forwarded-For': from },
  });
  return {
    status: response.status,
    page: await response.text(),
    follow: response.headers.get('Location') ?? '',
  };
}

let addresses = 0;

/** Somebody else each time. */
function nextAddress(): string {
  addresses++;
  return `10.1.${addresses >> 8}.${addresses & 255}`;
}
