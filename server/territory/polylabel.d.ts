declare module 'polylabel' {
  /** Pole of inaccessibility of a polygon's rings, with its distance from the edge. */
  export default function polylabel(
    polygon: number[][][],
    precision?: number,
  ): [number, number] & { distance: number };
}
