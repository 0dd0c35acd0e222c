/** Hands out the page: the built client, or Vite's with hot reload while developing. */
import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import path from 'node:path';
import type { RequestHandler } from 'express';
import sirv from 'sirv';
import * as v from 'valibot';
import type { ReportAssets } from '../reports/page.ts';
import { PAGE_FOLDER } from './build.ts';

/** The built client; its files are compressed already, and named by their content. */
export function builtPage(): RequestHandler {
  const files = sirv(PAGE_FOLDER, {
    brotli: true,
    gzip: true,
    etag: true,
    setHeaders(response, pathname) {
      const named = pathname.startsWith('/assets/');
      response.setHeader(
        'Cache-Control',
        named ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  return (request, response, next) => {
    // The wall is the same page, which looks at its own address.
    if (request.path === '/wall') request.url = request.url.replace(/^\/wall/, '/index.html');
    return void files(request, response, next);
  };
}

/** Sources of what the small pages for reports are dressed with, in the room of the client. */
const REPORT_STYLE = 'report/report.css';
const REPORT_SCRIPT = 'report/report.ts';
const Manifest = v.record(v.string(), v.looseObject({ file: v.string() }));

/** Where the build has put them. */
export async function builtReportAssets(): Promise<ReportAssets> {
  const text = await readFile(path.join(PAGE_FOLDER, '.vite/manifest.json'), 'utf8');
  const manifest = v.parse(Manifest, JSON.parse(text));
  const addressOf = (source: string): string | null => {
    const file = manifest[source]?.file;
    return file === undefined ? null : `/${file}`;
  };
  return { style: addressOf(REPORT_STYLE), script: addressOf(REPORT_SCRIPT) };
}

/** The client from its sources, with hot reload over the same port. */
export async function livePage(http: Server): Promise<{
  handler: RequestHandler;
  reportAssets: ReportAssets;
  close: () => Promise<void>;
}> {
  const { createServer } = await import('vite');
  const vite = await createServer({ server: { middlewareMode: true, hmr: { server: http } } });
  return {
    handler: vite.middlewares,
    reportAssets: { style: `/${REPORT_STYLE}`, script: `/${REPORT_SCRIPT}` },
    close: () => vite.close(),
  };
}
