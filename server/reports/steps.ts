/** Whether a step in handling a report is one of those that may follow. */
import { STEPS } from '../../data/model/reports.ts';
import type { Fields } from '../../data/model/table.ts';
import type { ReportStatus } from '../../data/model/things.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import type { Reason } from '../../data/wire/reason.ts';

/** Why a report cannot go on like this; undefined where it can. */
export function wrongStep(
  before: Fields,
  change: Fields,
  answer: string | undefined,
): Refusal | undefined {
  const from = before['status'] as ReportStatus;
  const to = change['status'] as ReportStatus;
  if (!STEPS[from].includes(to))
    return refused('status', `a report that is ${from} becomes ${STEPS[from].join(' or ')}`, {
      is: 'step',
      from,
    });
  if (to === 'declined' && answer === undefined)
    return refused('answer', 'whoever reported it is told why it is declined', { is: 'missing' });
  return undefined;
}

function refused(path: string, message: string, reason: Reason): Refusal {
  return { code: 'invalid', message: `${path}: ${message}`, path, reason };
}
