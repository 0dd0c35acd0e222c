/** A file that is not taken, in one sentence for the person who sent it. */
import type { RefusalCode } from '../../data/wire/commands.ts';

export class ImportRefused extends Error {
  override name = 'ImportRefused';
  /** Names the sentence, so that the interface can say it in its own language. */
  readonly reason: string;
  readonly code: RefusalCode;

  constructor(reason: string, message: string, code: RefusalCode = 'invalid') {
    super(message);
    this.reason = reason;
    this.code = code;
  }
}
