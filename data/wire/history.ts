/** What happened to one thing, as `GET /api/history/{id}` tells it. */
import type { EventType } from '../log/event.ts';
import type { Fields } from '../model/table.ts';

export interface HistoryEntry {
  seq: number;
  /** Instant, ISO 8601 UTC. */
  at: string;
  /** As of an event: the name of an account only to readers who have one. */
  by: string;
  type: EventType;
  /** Version of the thing after it. */
  version: number;
  /** Day on which it took effect. */
  effective: string;
  /** What it made different, as the thing has it afterwards; null for what it cleared. */
  fields: Fields;
  /** The same fields as they were before it; null for what the thing did not have. */
  before: Fields;
  /** The import that did it, or whose taking back did; told to accounts only. */
  file?: { name: string; undone: boolean };
}

/** The newest first; `more` when there are older ones than these. */
export interface History {
  id: number;
  entries: HistoryEntry[];
  more: boolean;
}
