import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { PictureZip } from '../../../client/time/recording.ts';

test('the pictures of a film lie in a ZIP as they are, in their order', async () => {
  const pictures = new PictureZip('phu-song-vn');
  const taken = [1, 2, 3].map((n) => Buffer.alloc(2_000, n));
  for (const png of taken) pictures.add(png);
  const blob = pictures.finish();
  const zip = await fromBufferPromise(Buffer.from(await blob.arrayBuffer()));
  const found: [string, Buffer][] = [];
  for await (const entry of zip.eachEntry())
    found.push([entry.fileName, await buffer(await zip.openReadStreamPromise(entry))]);
  expect(found).toEqual(taken.map((png, i) => [`phu-song-vn-000${i + 1}.png`, png]));
});
