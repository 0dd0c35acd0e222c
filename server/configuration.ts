/** What the environment says, checked once at the start. */
import path from 'node:path';
import * as v from 'valibot';
import { StartError } from './errors.ts';

export interface Configuration {
  port: number;
  databaseUrl: string | undefined;
  dataDir: string;
  demo: boolean;
  /** Events of the simulation in a second; 0 pauses it. */
  demoSpeed: number;
  demoSeed: number;
  /** Reading without signing in. */
  public: boolean;
  /** TLS is ended by a proxy in front of us. */
  trustProxy: boolean;
  /** The client is served by Vite with hot reload. */
  dev: boolean;
}

const Switch = v.pipe(v.string(), v.toLowerCase(), v.picklist(['on', 'off', '1', '0']));
const Text = v.pipe(v.string(), v.trim(), v.minLength(1));
const Numeric = v.pipe(v.string(), v.regex(/^\d+(\.\d+)?$/, 'must be a number'), v.toNumber());

const Environment = v.object({
  PORT: v.optional(v.pipe(Numeric, v.integer(), v.maxValue(65_535)), '3000'),
  DATABASE_URL: v.optional(
    v.pipe(Text, v.regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')),
  ),
  PHUSONG_DATA_DIR: v.optional(Text, '.phusong'),
  PHUSONG_DEMO: v.optional(Switch, 'on'),
  PHUSONG_DEMO_SPEED: v.optional(v.pipe(Numeric, v.maxValue(1_000)), '1'),
  PHUSONG_DEMO_SEED: v.optional(v.pipe(Numeric, v.integer(), v.maxValue(2 ** 31)), '2025'),
  PHUSONG_PUBLIC: v.optional(Switch),
  PHUSONG_TRUST_PROXY: v.optional(Switch, 'off'),
});

/** Reads the configuration; throws a `StartError` naming the variable that makes no sense. */
export function readConfiguration(
  environment: Record<string, string | undefined>,
  dev: boolean,
): Configuration {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value));
  const parsed = v.safeParse(Environment, given);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new StartError(`${v.getDotPath(issue) ?? 'The environment'}: ${issue.message}.`);
  }
  const env = parsed.output;
  const isOn = (value: string): boolean => value === 'on' || value === '1';
  // Simulated stations never get into a database that others may share.
  const demo = env.DATABASE_URL === undefined && isOn(env.PHUSONG_DEMO);
  return {
    port: env.PORT,
    databaseUrl: env.DATABASE_URL,
    dataDir: path.resolve(env.PHUSONG_DATA_DIR),
    demo,
    demoSpeed: env.PHUSONG_DEMO_SPEED,
    demoSeed: env.PHUSONG_DEMO_SEED,
    public: env.PHUSONG_PUBLIC === undefined ? demo : isOn(env.PHUSONG_PUBLIC),
    trustProxy: isOn(env.PHUSONG_TRUST_PROXY),
    dev,
  };
}
