/** What can be taken along as files: whatever a file can bring, and what none brings. */
import { KINDS } from '../imports/kinds.ts';

export const EXPORT_KINDS = [...KINDS, 'reports', 'programmes', 'duties'] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];
