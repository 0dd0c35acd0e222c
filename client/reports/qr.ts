/** A QR code as one path, drawn here: nothing is asked of anybody else's server. */
import encodeQR from 'qr';

/** Side with its quiet zone, and a path of unit squares for what is dark. */
export function qrPath(text: string): { size: number; path: string } {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 2 });
  const squares = rows.flatMap((row, y) =>
    row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  return { size: rows.length, path: squares.join('') };
}
