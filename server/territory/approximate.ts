/** The approximate pack that comes with the product, made by data/pipeline. */
import { readFile } from 'node:fs/promises';

const PLACE = new URL('../../data/territory/approximate.pack', import.meta.url);

/** Its bytes. Throws when the file is not there. */
export async function readApproximatePack(): Promise<Uint8Array> {
  return readFile(PLACE);
}
