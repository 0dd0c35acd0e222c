/** Tours of the wall, as they are kept and listed over HTTP. */
import * as v from 'valibot';
import { Line } from '../model/scalars.ts';
import { Scenes, TourCode, type Scene } from '../wall/tour.ts';

export const SaveTour = v.strictObject({
  name: v.pipe(Line, v.maxLength(100)),
  scenes: Scenes,
  /** Version of the tour that the sender saw; absent for a new one. */
  base: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
});
export type SaveTour = v.InferOutput<typeof SaveTour>;

export const TourAddress = v.strictObject({ code: TourCode });

/** `GET /api/tours`, and `GET /api/tours/{code}`. */
export interface Tour {
  /** Its name in the address of a wall. */
  code: string;
  version: number;
  name: string;
  scenes: Scene[];
  /** Who last changed it, and when (ISO 8601); no name to who is not signed in. */
  changedBy: string;
  changed: string;
}
