/** What an event says to a person: one sentence, its mood, and where to look. */
import type { Event, Noun, ONLY_ONE } from '../../data/log/event.ts';
import type { Words } from '../words/vi.ts';
import type { OpenThing } from '../view/view.svelte.ts';

export interface Change {
  seq: number;
  /** Instant in ms since 1970. */
  at: number;
  text: string;
  /** Better for people, worse for people, or neither. */
  mood: 'better' | 'worse' | 'plain';
  /** Who made it; null for the simulation. */
  by: string | null;
  /** Who approved it, where a province asks for that. */
  approvedBy: string | null;
  /** What to open on a click; null where there is nothing left to see. */
  thing: OpenThing | null;
}

/** The accounts of the simulation: its past and its feed. */
const SIMULATION = new Set(['demo', 'feed']);
const WORSE = new Set(['down', 'uncovered']);
const BETTER = new Set(['on_air', 'back', 'up', 'resolved', 'solved', 'done']);

/** Who did something, as people are told; null for the simulation. */
export function authorSaid(by: string, words: Words): string | null {
  if (SIMULATION.has(by)) return null;
  return by === 'system' || by === 'public' || by === 'somebody' ? words.changes[by] : by;
}

/**
 * @param nameOf name of the thing as it is known now; undefined when it is not
 */
export function wordChange(
  event: Event,
  nameOf: (noun: Noun, id: number) => string | undefined,
  words: Words,
): Change {
  const [noun, verb] = event.type.split('.') as [Noun | keyof typeof ONLY_ONE, string];
  const { by, at, seq, id } = event;
  const change: Omit<Change, 'text' | 'mood'> = {
    seq,
    at: Date.parse(at),
    by: authorSaid(by, words),
    approvedBy: event.approvedBy ?? null,
    thing: null,
  };
  if (noun === 'territory') {
    const kind = event['kind'] === 'official' ? 'official' : 'approximate';
    return { ...change, text: words.changes.territory[kind], mood: 'plain' };
  }
  if (noun === 'coverage' || noun === 'population' || noun === 'terrain')
    return { ...change, text: words.changes[noun], mood: 'plain' };
  if (noun === 'indicator') {
    const { indicator, indicatorRemoved } = words.changes;
    const text = verb === 'remove' ? indicatorRemoved : indicator(String(event['indicator']));
    return { ...change, text, mood: 'plain' };
  }
  const said = event['name'];
  const name =
    (typeof said === 'string' && said) || nameOf(noun, id) || words.changes.nameless(String(id));
  const turn = turnOf(event, noun, verb);
  const sentences: Record<string, (name: string) => string> = words.changes[noun];
  const sentence = sentences[turn] ?? words.changes[noun].change;
  return {
    ...change,
    text: sentence(name),
    mood: WORSE.has(turn) ? 'worse' : BETTER.has(turn) ? 'better' : 'plain',
    thing: verb === 'remove' ? null : { noun, id },
  };
}

/** The key of its sentence: the new status where there is one, else what was done. */
function turnOf(event: Event, noun: Noun, verb: string): string {
  if (verb === 'resolve') return 'resolved';
  if (verb === 'add' && event.version > 1) return 'restore';
  const status = event['status'];
  if (typeof status !== 'string') return verb;
  if (verb === 'add') return noun === 'station' && status === 'on_air' ? status : verb;
  // A station that comes on air for the first time says since when; one that returns does not.
  if (noun === 'station' && status === 'on_air' && event['since'] === undefined) return 'back';
  return status;
}
