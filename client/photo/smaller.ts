/** A photo made small enough for a bad line, before it is sent. */

/** Longer side, dots: a house number can still be read on it. */
const LONGEST_SIDE = 1600;
const QUALITY = 0.8;
/** A photo smaller than this is sent as it is. */
const SMALL_BYTES = 400_000;

/**
 * The photo as a JPEG, turned upright and without what the camera wrote into it; the photo itself where
 * it is small already or this browser cannot.
 */
export async function smallerPhoto(photo: Blob): Promise<Blob> {
  if (photo.size <= SMALL_BYTES) return photo;
  try {
    const bitmap = await createImageBitmap(photo);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const smaller = await new Promise<Blob | null>((resolve) =>
      canvas.toBlob(resolve, 'image/jpeg', QUALITY),
    );
    return smaller && smaller.size < photo.size ? smaller : photo;
  } catch {
    return photo;
  }
}
