/** How much of a file is taken, so that none can take the server with it. */

/** Bytes that come over the line. */
export const MOST_BYTES = 64 * 1024 * 1024;
/** Bytes that come out of what was packed, all together. */
export const MOST_UNPACKED = 512 * 1024 * 1024;
/** Files in an archive; a workbook has some twenty. */
export const MOST_ENTRIES = 2_000;
export const MOST_ROWS = 200_000;
export const MOST_COLUMNS = 256;
/** Characters of one cell; a name has two hundred. */
export const MOST_CELL = 8_000;
/** Rows of which the head, the letters and the numbers are guessed. */
export const SAMPLE_ROWS = 200;
/** Reading takes some seconds for 69,000 rows on a small machine. */
export const LONGEST_READ_MS = 180_000;
/** Heap of the thread that reads; what it needs beyond that is a refusal. */
export const READER_HEAP_MB = 1_024;
