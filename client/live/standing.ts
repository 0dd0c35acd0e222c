/** A country on this screen with what is worked out of it: as it is now, or as it was at a moment. */
import { applyEvent, type Touched } from '../../data/log/apply.ts';
import type { Event } from '../../data/log/event.ts';
import type { Country } from '../../data/model/country.ts';
import type { Snapshot } from '../../data/wire/snapshot.ts';
import { Counting } from './counting.ts';
import { EstimateBook } from './estimates.ts';
import type { Unit } from './live.ts';

export class Standing {
  readonly country: Country;
  readonly counting: Counting;
  estimates: EstimateBook;

  constructor({ country, estimates }: Snapshot, units: ReadonlyMap<string, Unit>) {
    this.country = country;
    this.counting = new Counting(country, units);
    this.estimates = new EstimateBook(estimates, country.seq);
  }

  /** Applies the next event. */
  apply(event: Event): Touched {
    const touched = applyEvent(this.country, event);
    this.counting.follow(touched);
    return touched;
  }
}
