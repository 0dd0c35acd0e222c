/** Names of nodes, lines and communes of the network in the language of the reader. */
import { communeCodeOf } from '../../data/model/unit.ts';
import type { NetworkElement, NetworkTables } from '../../data/network/graph.ts';
import { live } from '../live/live.svelte.ts';
import { nameOfThing } from '../changes/names.ts';
import { unitInFull, unitName } from '../view/names.ts';
import { view } from '../view/view.svelte.ts';
import { words } from '../words/words.svelte.ts';

export function elementName({ noun, id }: NetworkElement): string {
  const w = words();
  return (live.country && nameOfThing(live.country.tables, noun, id, w)) || w.network.unknownNode;
}

/** A commune by its number, with its province where another unit than that is open. */
export function communeName(commune: number): string {
  const code = communeCodeOf(commune);
  const unit = live.units.get(code);
  if (!unit) return code;
  return unit.parent === view.unit
    ? unitName(unit, view.language)
    : unitInFull(code, live.units, view.language);
}

/** Where the two ends of a line are, or twice where a node is; null where that is not known. */
export function endsOf(
  { nodes, links }: NetworkTables,
  { noun, id }: NetworkElement,
): readonly [readonly [number, number], readonly [number, number]] | null {
  const placeOf = (node: number): readonly [number, number] | null => {
    const row = nodes.rowOf(node);
    if (row === undefined) return null;
    const { position } = nodes.columns;
    return [position[row * 2] ?? NaN, position[row * 2 + 1] ?? NaN];
  };
  const row = noun === 'link' ? links.rowOf(id) : undefined;
  const [from, to] =
    noun === 'node'
      ? [placeOf(id), placeOf(id)]
      : [placeOf(links.columns.from[row ?? -1] ?? 0), placeOf(links.columns.to[row ?? -1] ?? 0)];
  return from && to ? [from, to] : null;
}
