import { StartError } from '../errors.ts';

/**
 * A raster or table that cannot be taken, in one sentence for the person who brought it: which file,
 * what is wrong and where, and what to do.
 */
export class RasterRefused extends StartError {
  override name = 'RasterRefused';
}
