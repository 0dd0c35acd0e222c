/** Files that were proposed, for the review to decide about. */
import { applyProposed, type Applying } from './applying.ts';
import type { ProposedFiles } from '../review/decide.ts';
import { enter, readImport } from './store.ts';

export function proposedFiles(applying: Applying): ProposedFiles {
  const { pool } = applying;
  return {
    async accept({ id, author, file }, approver, word) {
      const job = await readImport(pool, file.import);
      if (!job) return { code: 'not_found', message: `There is no import ${file.import}.` };
      if (job.applied && job.proposal?.id === id) {
        const { from, to } = job.applied;
        return { seq: to, from, applied: to - from + 1 };
      }
      const { mode, skipDuplicates, say } = file;
      const accepted = { approver, author, proposal: id, word };
      const answer = await applyProposed(job, { mode, skipDuplicates, say }, accepted, applying);
      const isLate = 'code' in answer && answer.reason?.is === 'file';
      return isLate ? 'outdated' : answer;
    },
    release: (client, { file }) => enter(client, file.import, ['proposed'], 'ready', 'applying'),
  };
}
