/**
 * Whoever is refused because nobody is signed in says so here, and whoever keeps the session hears
 * of it: commands and questions know nothing of sessions.
 */
const listeners = new Set<() => void>();

/** The server asked to sign in first. */
export function turnedAway(): void {
  for (const listener of listeners) listener();
}

/** Answers how to stop. */
export function onTurnedAway(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
