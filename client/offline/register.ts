/** Asks the browser to keep the page for times without a line. */

let asked = false;

/**
 * To be called once the page has all that it needs: what is kept for later must not slow down now. A
 * browser without service workers, or a page that came over a line that is not secure, does without.
 */
export function keepPage(): void {
  if (asked || import.meta.env.DEV || !('serviceWorker' in navigator)) return;
  asked = true;
  navigator.serviceWorker.register('/service-worker.js').catch(() => undefined);
}
