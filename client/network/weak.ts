/** The weak points of the network as a unit sees them. */
import type { NetworkAnalysis, PeopleOf, WeakPoint } from '../../data/network/analysis.ts';
import type { Unit } from '../live/live.ts';
import { elementAs, type WeakKind } from './choices.ts';

/** What would cut off communes of a unit, with those of its communes and people, most people first. */
export function weakPointsIn(
  analysis: NetworkAnalysis,
  communes: readonly number[],
  peopleOf: PeopleOf,
): WeakPoint[] {
  const points = new Map<string, WeakPoint>();
  for (const commune of communes)
    for (const element of analysis.hangsOn(commune)) {
      const key = elementAs(element);
      const known = points.get(key) ?? { ...element, communes: 0, people: 0 };
      points.set(key, {
        ...known,
        communes: known.communes + 1,
        people: known.people + peopleOf(commune),
      });
    }
  return [...points.values()].sort(
    (a, b) => b.people - a.people || b.communes - a.communes || a.id - b.id,
  );
}

export function ofKind(points: readonly WeakPoint[], kind: WeakKind): readonly WeakPoint[] {
  if (kind === 'all') return points;
  if (kind === 'shared') return points.filter(({ communes }) => communes > 1);
  return points.filter(({ noun }) => noun === kind);
}

/** Communes that hang on something besides their own node: on a line among it, or on nodes only. */
export function hangingIn(analysis: NetworkAnalysis): Map<number, 'line' | 'node'> {
  const hanging = new Map<number, 'line' | 'node'>();
  for (const commune of analysis.communes) {
    const elements = analysis.hangsBeyondItself(commune);
    if (elements.length === 0) continue;
    hanging.set(commune, elements.some(({ noun }) => noun === 'link') ? 'line' : 'node');
  }
  return hanging;
}

/** Of each province and commune how many of its communes are cut off, and how many there are. */
export function cutParts(
  units: ReadonlyMap<string, Pick<Unit, 'code' | 'level' | 'parent'>>,
  cut: ReadonlySet<string>,
): Map<string, { cut: number; all: number }> {
  const parts = new Map<string, { cut: number; all: number }>();
  for (const { code, level, parent } of units.values()) {
    if (level !== 'commune') continue;
    const isCut = cut.has(code) ? 1 : 0;
    parts.set(code, { cut: isCut, all: 1 });
    const above = parts.get(parent ?? '') ?? { cut: 0, all: 0 };
    parts.set(parent ?? '', { cut: above.cut + isCut, all: above.all + 1 });
  }
  return parts;
}

/** Class of the map's ramp, 0 for all cut off to 5 for none, by the share of a unit's communes. */
export function cutClass(cut: number, all: number): number {
  if (cut === 0 || all === 0) return NONE_CUT;
  const share = cut / all;
  return SHARES.findIndex((least) => share >= least);
}
const SHARES = [0.7, 0.3, 0.1, 0.02, 0] as const;
const NONE_CUT = 5;
