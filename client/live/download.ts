/** What is fetched over HTTP: the snapshot, the units and the latest changes of a unit. */
import type { Event } from '../../data/log/event.ts';
import { NATION } from '../../data/model/unit.ts';
import { decodeSnapshot, type Snapshot } from '../../data/wire/snapshot.ts';
import type { Unit } from './live.ts';

export class SignedOut extends Error {}

async function get(address: string, options: RequestInit = {}): Promise<Response> {
  const response = await fetch(address, options);
  if (response.status === 401) throw new SignedOut(`${address}: sign in first`);
  if (!response.ok) throw new Error(`${address}: the server answered ${response.status}`);
  return response;
}

/**
 * The country as it is, or as it was at most `agedS` seconds ago. `progress` is told 0–1: the share of the bytes where the server tells their
 * number (`X-Length`, because `Content-Length` counts the compressed ones), else nothing till the end.
 */
export async function downloadSnapshot(
  progress: (share: number) => void,
  signal: AbortSignal,
  agedS: number,
): Promise<Snapshot> {
  const headers = { 'Cache-Control': `max-age=${agedS}` };
  return readSnapshot(await get('/api/snapshot', { signal, headers }), progress);
}

/** The snapshot in an answer; `progress` as above. */
export async function readSnapshot(
  response: Response,
  progress: (share: number) => void,
): Promise<Snapshot> {
  const length = Number(response.headers.get('X-Length') ?? 0);
  const chunks: Uint8Array[] = [];
  let received = 0;
  for (const reader = response.body?.getReader(); reader;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    received += value.length;
    if (length > 0) progress(Math.min(1, received / length));
  }
  const bytes = new Uint8Array(received);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return decodeSnapshot(bytes);
}

/** All units by code: the nation, the provinces and the communes. */
export async function downloadUnits(signal: AbortSignal): Promise<Map<string, Unit>> {
  const lists = await Promise.all(
    ['nation', 'province', 'commune'].map(
      async (level) =>
        (await (await get(`/api/units?level=${level}`, { signal })).json()) as readonly Unit[],
    ),
  );
  return new Map(lists.flat().map((unit) => [unit.code, unit]));
}

/** The newest events of a unit (all for the nation), newest first. */
export async function downloadChanges(
  unit: string,
  limit: number,
  signal: AbortSignal,
): Promise<Event[]> {
  const of = unit === NATION ? '' : `unit=${unit}&`;
  return (await (await get(`/api/changes?${of}limit=${limit}`, { signal })).json()) as Event[];
}
