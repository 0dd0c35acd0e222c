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
}): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, value: () => number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(value());
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
