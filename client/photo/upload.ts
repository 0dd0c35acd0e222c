/** Stores a photo with the server and answers its id. */
import type { Refusal } from '../../data/wire/commands.ts';
import { Refused } from '../live/ask.ts';
import { smallerPhoto } from './smaller.ts';

/** A photo of a few hundred kilobytes over a slow line; longer is no line. */
const UPLOAD_MS = 60_000;

/** Throws `Refused` with the server's sentence, or what fetch throws where there is no line. */
export async function uploadPhoto(photo: Blob): Promise<string> {
  const body = new FormData();
  body.set('photo', await smallerPhoto(photo), 'photo');
  const response = await fetch('/api/photos', {
    ...{ method: 'POST', body, signal: AbortSignal.timeout(UPLOAD_MS) },
  });
  const answer = (await response.json().catch(() => null)) as {
    photo?: string;
    error?: Refusal;
  } | null;
  if (response.ok && answer?.photo !== undefined) return answer.photo;
  throw new Refused(
    answer?.error ?? { code: 'unavailable', message: `photo: the server said ${response.status}` },
  );
}
