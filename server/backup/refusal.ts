import { StartError } from '../errors.ts';

/** A backup cannot be written or restored; the message says in one sentence what was wrong and where. */
export class BackupRefused extends StartError {
  override name = 'BackupRefused';
}
