/** What an operator's monitoring reads, in the Prometheus text format. */
import type { Disk } from '../../data/wire/stream.ts';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  registry: Registry;
  /** Observes ms between the commit of an event and its being sent. */
  sent: (delayMs: number) => void;
  refused: (code: string) => void;
}

export function createMetrics(read: {
  seq: () => number;
  clients: () => number;
  unread: () => number;
  disk: () => Disk | null;
  /** Alerts that are open, and messages to webhooks that wait: in the database, for all its servers. */
  alerts: () => Promise<number>;
  undelivered: () => Promise<number>;
}): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, value: () => number | Promise<number>): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        // The others are told where the database is away.
        this.set(await Promise.resolve(value()).catch(() => NaN));
      },
    });
  };
  gauge('phusong_log_seq', 'Number of the newest event applied', read.seq);
  gauge('phusong_clients', 'Open connections of the stream', read.clients);
  gauge('phusong_unread_messages', 'Sent to clients that have not read it yet', read.unread);
  // NaN where there is no disk of ours to watch.
  gauge('phusong_disk_free_bytes', 'Free on the disk of the database', () => {
    const { freeMB } = read.disk() ?? { freeMB: NaN };
    return freeMB * 1024 ** 2;
  });
  gauge('phusong_disk_full', '1 when no change is taken because the disk is nearly full', () =>
    read.disk()?.state === 'full' ? 1 : 0,
  );
  gauge('phusong_alerts_open', 'Alerts that are open', read.alerts);
  gauge(
    'phusong_webhook_messages_waiting',
    'Waiting to be delivered to webhooks',
    read.undelivered,
  );
  const delay = new Histogram({
    name: 'phusong_commit_to_sent_seconds',
    help: 'Time from the commit of an event to its being sent to followers',
    buckets: [0.05, 0.1, 0.2, 0.5, 1, 2, 5],
    registers: [registry],
  });
  const refusals = new Counter({
    name: 'phusong_commands_refused_total',
    help: 'Commands that were refused, by reason',
    labelNames: ['code'],
    registers: [registry],
  });
  return {
    registry,
    sent: (delayMs) => delay.observe(delayMs / 1_000),
    refused: (code) => refusals.inc({ code }),
  };
}
