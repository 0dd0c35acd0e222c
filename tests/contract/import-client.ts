/** An import as a program does it: sends a file, waits for what it comes to, asks for its rows. */
import { expect } from 'vitest';
import type { Kind } from '../../data/imports/kinds.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import type { ApplyImport, ImportApplied, ImportJob, ImportRows } from '../../data/wire/imports.ts';
import type { TestServer } from '../setup/server.ts';

export interface Sent {
  status: number;
  body: { id: number } & { error: Refusal };
}

export function importing(server: () => TestServer) {
  const headers = (cookie = server().cookie) => ({ cookie });

  async function send(
    name: string,
    content: string | Uint8Array,
    fields: Record<string, string> = {},
    cookie?: string,
  ): Promise<Sent> {
    const form = new FormData();
    form.set('kind', 'stations');
    for (const [field, value] of Object.entries(fields)) form.set(field, value);
    form.set('file', new Blob([content as BlobPart]), name);
    const response = await fetch(`${server().url}/api/imports`, {
      method: 'POST',
      headers: headers(cookie),
      body: form,
    });
    return { status: response.status, body: (await response.json()) as Sent['body'] };
  }

  async function get<T>(path: string, cookie?: string): Promise<T> {
    const response = await fetch(`${server().url}/api/imports/${path}`, {
      headers: headers(cookie),
    });
    return (await response.json()) as T;
  }

  async function post<T>(path: string, body: object = {}, cookie?: string) {
    const response = await fetch(`${server().url}/api/imports/${path}`, {
      method: 'POST',
      headers: { ...headers(cookie), 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as T };
  }

  async function read(id: number): Promise<ImportJob> {
    let job: ImportJob | undefined;
    await expect
      .poll(async () => (job = await get<ImportJob>(String(id))).state, { timeout: 60_000 })
      .not.toBe('reading');
    if (!job) throw new Error('there is no such import');
    return job;
  }

  return {
    send,
    get,
    post,
    read,
    /** Sends a file that is expected to be read. */
    async preview(
      name: string,
      content: string | Uint8Array,
      fields: Record<string, string> & { kind?: Kind } = {},
    ): Promise<ImportJob> {
      const { status, body } = await send(name, content, fields);
      expect(body.error).toBeUndefined();
      expect(status).toBe(202);
      const job = await read(body.id);
      expect(job.failure).toBeNull();
      expect(job.state).toBe('ready');
      return job;
    },
    rows: (id: number, query = ''): Promise<ImportRows> => get(`${id}/rows?${query}`),
    apply: (id: number, wish: Partial<ApplyImport> = { mode: 'all' }) =>
      post<ImportApplied & { error: Refusal }>(`${id}/apply`, wish),
    undo: (id: number) => post<{ seq: number; undone: number; left: number }>(`${id}/undo`),
  };
}
