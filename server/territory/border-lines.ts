/**
 * Borders as lines, each once: arcs between the same two units joined end to end, so that a dashed
 * line neither doubles nor starts anew at every meeting point.
 */
import type { Arcs, Shape } from './arcs.ts';

export interface BorderLine {
  /** Arcs in order; `~a` backward. */
  refs: number[];
  /** Between two units, or the outer edge of one (a coast, or the border of the country). */
  sides: 'two' | 'one';
}

/** Borders of the given shapes; all arcs they use come in exactly one line. */
export function borderLines(arcs: Arcs, shapes: readonly Shape[]): BorderLine[] {
  const unitsOf = new Map<number, Set<number>>();
  for (const [unit, shape] of shapes.entries())
    for (const ref of shape.flat(2)) {
      const arc = ref < 0 ? ~ref : ref;
      const there = unitsOf.get(arc);
      if (there) there.add(unit);
      else unitsOf.set(arc, new Set([unit]));
    }
  const groups = new Map<string, number[]>();
  for (const [arc, units] of unitsOf) {
    const key = [...units].sort((a, b) => a - b).join(' ');
    const there = groups.get(key);
    if (there) there.push(arc);
    else groups.set(key, [arc]);
  }
  return [...groups].flatMap(([key, group]) =>
    chains(arcs, group).map(
      (refs) => ({ refs, sides: key.includes(' ') ? 'two' : 'one' }) as const,
    ),
  );
}

function chains(arcs: Arcs, group: readonly number[]): number[][] {
  const touching = new Map<string, number[]>();
  for (const arc of group)
    for (const ref of [arc, ~arc]) {
      const key = firstPlace(arcs, ref);
      const there = touching.get(key);
      if (there) there.push(ref);
      else touching.set(key, [ref]);
    }
  const used = new Set<number>();
  const isUsed = (ref: number): boolean => used.has(ref < 0 ? ~ref : ref);
  const extend = (line: number[]): void => {
    for (;;) {
      // Onward from the line's end: arcs that leave where the last one backward begins.
      const last = line.at(-1) ?? 0;
      const next = touching.get(firstPlace(arcs, ~last))?.find((ref) => !isUsed(ref));
      if (next === undefined) return;
      used.add(next < 0 ? ~next : next);
      line.push(next);
    }
  };
  const lines: number[][] = [];
  for (const arc of group) {
    if (used.has(arc)) continue;
    used.add(arc);
    const onward = [arc];
    extend(onward);
    const back = [~arc];
    extend(back);
    lines.push([
      ...back
        .slice(1)
        .reverse()
        .map((ref) => ~ref),
      ...onward,
    ]);
  }
  return lines;
}

function firstPlace(arcs: Arcs, ref: number): string {
  const v = ref >= 0 ? (arcs.start[ref] ?? 0) : (arcs.start[~ref + 1] ?? 0) - 1;
  return `${arcs.x[v]} ${arcs.y[v]}`;
}
