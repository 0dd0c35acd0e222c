/**
 * Which places a query means, best first. A name counts by how it meets the query: the whole name,
 * its beginning, the beginnings of its words in order ("h g" finds Hà Giang), then anywhere inside.
 * Among equals provinces go before communes, names in use before former ones, and more people
 * before fewer. Accents are optional; where they are typed, names that bear them go first.
 */
import { exactly, withoutKind, type Place, type PlaceName } from './places.ts';
import { fold } from './fold.ts';

export interface Found {
  place: Place;
  /** The former province by whose name it was found. */
  former?: string;
}

const collator = new Intl.Collator('vi', { numeric: true });

const WHOLE = 500;
const BEGINNING = 400;
const WORDS = 300;
const INSIDE = 200;

export function matchPlaces(query: string, places: readonly Place[], limit: number): Found[] {
  const folded = withoutKind(fold(query));
  if (folded === '') return [];
  const exact = exactly(query);
  const asked: Query = {
    typed: query.trim(),
    folded,
    words: folded.split(' '),
    exact: /[^\x20-\x7e]/.test(exact) ? exact : undefined,
  };
  const scored: { found: Found; score: number; people: number }[] = [];
  for (const place of places) {
    const best = bestName(place, asked);
    if (best) scored.push({ ...best, people: place.unit.population });
  }
  scored.sort(
    (a, b) =>
      b.score - a.score ||
      b.people - a.people ||
      collator.compare(a.found.place.unit.name, b.found.place.unit.name),
  );
  return scored.slice(0, limit).map(({ found }) => found);
}

interface Query {
  /** As typed, without the blanks around it. */
  typed: string;
  folded: string;
  words: readonly string[];
  /** Undefined when it was typed without accents. */
  exact: string | undefined;
}

function bestName(
  place: Place,
  { typed, folded, words, exact }: Query,
): { found: Found; score: number } | undefined {
  const isProvince = place.unit.level === 'province';
  if (/^\d+$/.test(typed))
    return place.unit.code.startsWith(typed)
      ? { found: { place }, score: WHOLE + (place.unit.code === typed ? 2 : Number(isProvince)) }
      : undefined;
  let best: { found: Found; score: number } | undefined;
  for (const name of place.names) {
    const base = meet(name, folded, words);
    if (base === 0) continue;
    const borne = exact !== undefined && name.exact.includes(exact);
    const score = base + (isProvince ? 40 : 0) + (borne ? 60 : 0) - (name.former ? 20 : 0);
    if (!best || score > best.score)
      best = { found: name.former ? { place, former: name.former } : { place }, score };
  }
  return best;
}

function meet(name: PlaceName, query: string, words: readonly string[]): number {
  if (name.folded === query) return WHOLE;
  if (name.folded.startsWith(query)) return BEGINNING;
  if (wordsBegin(name.words, words)) return WORDS;
  return query.length > 2 && name.folded.includes(query) ? INSIDE : 0;
}

/** Whether the query's words begin the name's words, in order, some left out between. */
function wordsBegin(words: readonly string[], query: readonly string[]): boolean {
  let at = 0;
  for (const word of words) if (at < query.length && word.startsWith(query[at] ?? '')) at++;
  return at === query.length;
}
