/** Alerts, their rules and their webhooks, as they travel over HTTP. */
import * as v from 'valibot';
import { RuleFields, type Severity, type Watch } from '../alerts/rule.ts';
import { LineOrNothing, UnitCode } from '../model/scalars.ts';
import { NATION } from '../model/unit.ts';

const Version = v.pipe(v.number(), v.integer(), v.minValue(1));

/** `POST /api/alert-rules`, and `PUT /api/alert-rules/{id}` with the version that the sender saw. */
export const SaveRule = v.strictObject({ ...RuleFields.entries, base: v.optional(Version) });
export type SaveRule = v.InferOutput<typeof SaveRule>;

/** `GET /api/alert-rules`. */
export interface Rule extends RuleFields {
  id: number;
  version: number;
  /** Who last changed it, and when (ISO 8601); no name to who is not signed in. */
  changedBy: string;
  changed: string;
  /** Alerts that it has open now. */
  open: number;
  /** Whether the reader may change it. */
  may: { change: boolean };
}

/** `POST /api/alert-rules/try`: what a rule would find now, before it is saved. */
export interface RuleTrial {
  /** How many; and the first of them. */
  found: number;
  examples: Pick<Alert, 'unit' | 'thing' | 'facts'>[];
  /** More than a rule may have at once: it would be refused. */
  tooMany: boolean;
}

/** What an alert is about beside its unit: a thing of the log. */
export interface AlertThing {
  noun: 'station' | 'hamlet' | 'node' | 'link' | 'duty';
  id: number;
  name: string;
  /** Degrees, WGS 84; null for what has no place. */
  place: [lon: number, lat: number] | null;
}

/** What was found, in figures, for the sentence that says it (`data/alerts/saying.ts`). */
export interface AlertFacts {
  /** People whom it concerns; absent where that is not known. */
  people?: number;
  /** When what was found began, ISO 8601; absent where the log does not tell. */
  since?: string;
  /** Shares, 0–1, of a figure that has fallen. */
  was?: number;
  is?: number;
  /** The day that has passed or comes. */
  day?: string;
  /** A rule that found more than it may have at once: how many. */
  found?: number;
  /** What is broken between a commune and the centre, by name. */
  causes?: string[];
}

/** `open`: it is so. `over`: it no longer is, for as long as the rule asks. */
export type AlertState = 'open' | 'over';

export interface Alert {
  id: number;
  rule: { id: number; name: string };
  watch: Watch;
  severity: Severity;
  /** Code of the commune, province or nation. */
  unit: string;
  thing: AlertThing | null;
  facts: AlertFacts;
  state: AlertState;
  /** Instants are ISO 8601 UTC. When it was first found. */
  raised: string;
  /** When it was said: later than `raised` where it fell into quiet hours; null: not yet. */
  told: string | null;
  /** How often what was found came, went and came back. */
  times: number;
  ended: string | null;
  /** Who has taken it on, and what they said; no name to who is not signed in. */
  acknowledged: { by: string; at: string; word: string } | null;
  escalated: string | null;
  /** Whether it interrupts the tours of walls. */
  wall: boolean;
  may: { acknowledge: boolean };
}

/** `GET /api/alerts`: those that are open, worst and newest first; or those that are over, newest first. */
export const AlertsQuery = v.strictObject({
  state: v.optional(v.picklist(['open', 'over']), 'open'),
  unit: v.optional(UnitCode, NATION),
  /** Older than this alert: the next page. */
  before: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.toNumber())),
});
export type AlertsQuery = v.InferOutput<typeof AlertsQuery>;

export interface Alerts {
  /** Grows with every change to any alert; the socket tells it (`alerts`). */
  version: number;
  alerts: Alert[];
  /** How many there are of each severity, on all pages. */
  counts: Record<Severity, number>;
  more: boolean;
}

/** `POST /api/alerts/{id}/acknowledge`. */
export const Acknowledge = v.strictObject({ word: v.optional(LineOrNothing, '') });

/** `POST /api/webhooks`, and `PUT /api/webhooks/{id}`; operators alone. */
export const SaveWebhook = v.strictObject({
  name: v.pipe(LineOrNothing, v.minLength(1), v.maxLength(100)),
  url: v.pipe(
    v.string(),
    v.maxLength(500),
    v.url('must be an address'),
    v.check((url) => /^https?:$/.test(protocolOf(url)), 'must begin with http:// or https://'),
  ),
  on: v.boolean(),
  base: v.optional(Version),
});
export type SaveWebhook = v.InferOutput<typeof SaveWebhook>;

function protocolOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : '';
}

/** `GET /api/webhooks`. Its secret is told once, by whatever made it (`MadeWebhook`). */
export interface Webhook {
  id: number;
  version: number;
  name: string;
  url: string;
  on: boolean;
  /** Messages that wait to be delivered, and that were given up. */
  waiting: number;
  lost: number;
  /** The newest attempt; null before the first. */
  last: Attempt | null;
}

/** `POST /api/webhooks`, and `POST /api/webhooks/{id}/secret`, which replaces it. */
export interface MadeWebhook extends Webhook {
  /** `whsec_…`, as Standard Webhooks writes it (https://www.standardwebhooks.com). */
  secret: string;
}

/** `POST /api/webhooks/{id}/test`: what came of one message of type `test`, sent at once. */
export interface Attempt {
  /** ISO 8601 UTC. */
  at: string;
  ok: boolean;
  /** The status that it was answered with, or why it was not. */
  what: string;
}

/** `GET /api/webhooks/{id}/deliveries`: the newest messages, newest first. */
export interface Delivery {
  /** What its `webhook-id` says, the same at every attempt. */
  id: string;
  type: AlertMessage['type'];
  /** ISO 8601 UTC. */
  made: string;
  state: 'waiting' | 'delivered' | 'lost';
  attempts: number;
  /** The newest attempt; null before the first. */
  last: Attempt | null;
  /** When it is tried again; null for what waits no more. */
  next: string | null;
}

/** The body of a message to a webhook, signed as Standard Webhooks says. */
export interface AlertMessage {
  type: 'alert.raised' | 'alert.acknowledged' | 'alert.escalated' | 'alert.ended' | 'test';
  /** ISO 8601 UTC. */
  timestamp: string;
  data: {
    alert: Omit<Alert, 'may'> | null;
    /** The alert in a sentence, in both languages. */
    text: string;
    textEn: string;
  };
}
