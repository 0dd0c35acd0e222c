/** Photos of what is reported and built, as they travel. */

/** A phone's photo as it is, bytes; longer ones come from cameras that nobody reports with. */
export const MOST_PHOTO_BYTES = 5 * 1024 * 1024;
