/** Reports from the field, beyond what the live country holds of them. */
import type { ReportSummary } from '../model/reports.ts';
import type { ReportStatus } from '../model/things.ts';

/** One step in handling a report; the first is its coming in, by `public`. */
export interface ReportStep {
  at: string;
  by: string;
  status: ReportStatus;
  /** What the reporter was told with it; empty for nothing. */
  answer: string;
}

/** `GET /api/reports/{id}`: what only those see whose units hold the commune. */
export interface ReportDetails {
  id: number;
  words: string;
  /** How the reporter can be reached; empty where they did not say. */
  contact: string;
  /** The point as it was given, degrees; null where only the commune was. */
  place: { lon: number; lat: number } | null;
  /** Id of the photo; null for none. */
  photo: string | null;
  /** When and by whom all of this was erased. */
  erased: { at: string; by: string } | null;
  steps: ReportStep[];
}

/** `GET /api/reports/summary?unit=`: indicators `reports.open` and `reports.oldest` of a unit. */
export interface ReportSummaryAnswer extends ReportSummary {
  unit: string;
  /** The day on which the age was counted. */
  asOf: string;
}
