/** Which files the build puts together, where its own choice makes one of each small part. */
import path from 'node:path';
import type { Rolldown } from 'vite';

/**
 * Everything that the page at `entry` needs from its start comes in one file: on a slow line each costs
 * a journey, and the parts that people open later would otherwise share it in dozens of small ones.
 * What `apart` needs too, a small page of its own, stays out of it.
 */
export function inOneFile(name: string, entry: string, apart: string): Rolldown.CodeSplittingGroup {
  let ours: Set<string> | undefined;
  let theirs: Set<string> | undefined;
  return {
    debugName: name,
    name(id, context) {
      ours ??= neededBy(entry, context);
      theirs ??= neededBy(apart, context);
      return ours.has(id) && !theirs.has(id) ? name : null;
    },
    // What they need is among them, or in the files of `apart`.
    includeDependenciesRecursively: false,
  };
}

/** A module and everything that it imports for its start, and they. */
function neededBy(entry: string, context: Rolldown.ChunkingContext): Set<string> {
  const found = new Set([path.resolve(import.meta.dirname, '..', entry)]);
  for (const id of found)
    for (const imported of context.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  return found;
}
