import { StartError } from '../errors.ts';

/**
 * A territory that cannot be taken, in one sentence for the person who brought it: what was wrong,
 * in which file and unit, and what to do.
 */
export class TerritoryRefused extends StartError {
  override name = 'TerritoryRefused';
}
