/** Hands out the page: the built client, or Vite's with hot reload while developing. */
import type { Server } from 'node:http';
import type { RequestHandler } from 'express';
import sirv from 'sirv';
import { PAGE_FOLDER } from './build.ts';

/** The built client; its files are compressed already, and named by their content. */
export function builtPage(): RequestHandler {
  return sirv(PAGE_FOLDER, {
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
}

/** The client from its sources, with hot reload over the same port. */
export async function livePage(http: Server): Promise<{
  handler: RequestHandler;
  close: () => Promise<void>;
}> {
  const { createServer } = await import('vite');
  const vite = await createServer({ server: { middlewareMode: true, hmr: { server: http } } });
  return { handler: vite.middlewares, close: () => vite.close() };
}
