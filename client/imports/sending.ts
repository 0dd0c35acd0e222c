/** Sends a file; tells how much of it is on its way, which `fetch` cannot. */
import type { Refusal } from '../../data/wire/commands.ts';
import { Refused } from '../live/ask.ts';
import { worthWaiting } from '../live/giving-up.ts';

/** Answers the id of its import. Throws `Refused`, or an error where there is no line. */
export function sendFile(
  file: File,
  fields: Record<string, string>,
  onProgress: (share: number) => void,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set('file', file);
    const request = new XMLHttpRequest();
    request.open('POST', '/api/imports');
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    worthWaiting().addEventListener('abort', () => request.abort());
    request.onabort = request.onerror = () => reject(new Error('the server cannot be reached'));
    request.onload = () => {
      const answer = request.response as { id?: number; error?: Refusal } | null;
      if (request.status < 300 && answer?.id !== undefined) resolve(answer.id);
      else
        reject(
          new Refused(
            answer?.error ?? {
              code: 'unavailable',
              message: `The server answered ${request.status}.`,
            },
          ),
        );
    };
    request.send(form);
  });
}
