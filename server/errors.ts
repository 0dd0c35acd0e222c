/**
 * Why the product, or one of its commands, cannot go on. The message is one clear sentence for the
 * person at the terminal; whoever catches it at the top prints it alone, without a stack, and
 * leaves with exit code 1.
 */
export class StartError extends Error {
  override name = 'StartError';
}

/** The `code` that Node (`ENOSPC`, `ECONNREFUSED`) and PostgreSQL (`28P01`) put on their errors. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
