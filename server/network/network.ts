/** The data network of the living country, analysed anew when it is asked for and has changed. */
import { NetworkAnalysis, type PeopleOf } from '../../data/network/analysis.ts';
import { communeNumberOf } from '../../data/model/unit.ts';
import type { LiveCountry } from '../country/live.ts';

export interface LiveNetwork {
  /** Good until the next event; a few milliseconds where the network has changed since the last. */
  analysis(): NetworkAnalysis;
  peopleOf: PeopleOf;
}

export function createNetwork(live: LiveCountry): LiveNetwork {
  let known: { analysis: NetworkAnalysis; territory: string | undefined } | undefined;
  let people: { territory: string; of: ReadonlyMap<number, number> } | undefined;

  live.onApplied((applied, reset) => {
    if (reset || applied.some(({ event }) => isOfNetwork(event.type))) known = undefined;
  });

  const peopleOf = (commune: number): number => {
    const territory = live.country.territory?.hash ?? '';
    if (people?.territory !== territory) {
      const communes = live.ground?.territory.communes ?? [];
      const of = new Map(communes.map((unit) => [communeNumberOf(unit.code), unit.population]));
      people = { territory, of };
    }
    return people.of.get(commune) ?? 0;
  };

  return {
    analysis() {
      const territory = live.country.territory?.hash;
      if (!known || known.territory !== territory)
        known = { territory, analysis: new NetworkAnalysis(live.country.tables, peopleOf) };
      return known.analysis;
    },
    peopleOf,
  };
}

/** Whether an event of a type changes the network. */
export function isOfNetwork(type: string): boolean {
  return type.startsWith('node.') || type.startsWith('link.');
}
