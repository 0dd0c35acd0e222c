/** One piece of work in the next frame of the screen, or soon where the page is not being drawn. */

/** How long a hidden page, which gets no frames, waits. */
const HIDDEN_MS = 500;

/** Answers a function that asks for `work` to be done once, however often it is called before. */
export function oncePerFrame(work: () => void): () => void {
  let asked = false;
  const run = (): void => {
    if (!asked) return;
    asked = false;
    work();
  };
  return () => {
    if (asked) return;
    asked = true;
    // Both: a page that is hidden after asking would otherwise wait until it is looked at again.
    if (!document.hidden) requestAnimationFrame(run);
    setTimeout(run, HIDDEN_MS);
  };
}
