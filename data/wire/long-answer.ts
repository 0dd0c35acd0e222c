/**
 * An answer that takes long, told while it is made, to whoever accepts `LONG_ANSWER`: JSON, line by
 * line. Each line says how far it is; the last one is the answer just as it would have come at once,
 * with its status and headers. An answer that is there before the first line comes as it always does.
 */
import * as v from 'valibot';

export const LONG_ANSWER = 'application/x-ndjson';

export const LongAnswerLine = v.union([
  v.object({ progress: v.pipe(v.number(), v.minValue(0), v.maxValue(1)) }),
  v.object({
    status: v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599)),
    headers: v.record(v.string(), v.string()),
    body: v.unknown(),
  }),
]);
export type LongAnswerLine = v.InferOutput<typeof LongAnswerLine>;
