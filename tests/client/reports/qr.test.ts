import decodeQR from 'qr/decode.js';
import { expect, test } from 'vitest';
import { qrPath } from '../../../client/reports/qr.ts';

test('the code of a link is read as the link by a scanner', () => {
  const link = 'https://phusong.example.vn/bao/03163?lang=en';
  const { size, path } = qrPath(link);
  // Drawn as a browser would, eight dots to a square.
  const scale = 8;
  const side = size * scale;
  const data = new Uint8Array(side * side * 4).fill(255);
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g))
    for (let dot = 0; dot < scale * scale; dot++) {
      const column = Number(x) * scale + (dot % scale);
      const row = Number(y) * scale + Math.floor(dot / scale);
      data.fill(0, (row * side + column) * 4, (row * side + column) * 4 + 3);
    }
  expect(decodeQR({ width: side, height: side, data })).toBe(link);
});
