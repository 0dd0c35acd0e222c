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
  /** Where browsers reach us; undefined: where their requests say that they came to. */
  publicUrl: string | undefined;
  /** What people sign in through beside passwords. */
  provider: ProviderConfiguration | undefined;
  /** The client is served by Vite with hot reload. */
  dev: boolean;
}

/** The organisation's own identity provider, by OpenID Connect. */
export interface ProviderConfiguration {
  issuer: URL;
  clientId: string;
  clientSecret: string;
  /** What people call it: on the button and in the trace. */
  name: string;
  /** The claims that tell somebody's role and units. */
  roleClaim: string;
  unitsClaim: string;
}

const Switch = v.pipe(v.string(), v.toLowerCase(), v.picklist(['on', 'off', '1', '0']));
const Text = v.pipe(v.string(), v.trim(), v.minLength(1));
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
/** Over TLS; only a provider on this very machine may do without. */
const Issuer = v.pipe(
  Text,
  v.url('must be an address'),
  v.transform((text) => new URL(text)),
  v.check(
    ({ protocol, hostname }) =>
      protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname)),
    'must begin with https://; http:// is for a provider on this machine only',
  ),
  v.check(({ search, hash }) => search === '' && hash === '', 'must be without ? and #'),
);
const PublicUrl = v.pipe(
  Text,
  v.url('must be an address'),
  v.transform((text) => new URL(text)),
  v.check(
    ({ protocol, pathname, search, hash }) =>
      /^https?:$/.test(protocol) && pathname === '/' && search === '' && hash === '',
    'must be an address such as https://map.example.vn, without a path',
  ),
  v.transform(({ origin }) => origin),
);
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
  PHUSONG_PUBLIC_URL: v.optional(PublicUrl),
  PHUSONG_OIDC_ISSUER: v.optional(Issuer),
  PHUSONG_OIDC_CLIENT_ID: v.optional(Text),
  PHUSONG_OIDC_CLIENT_SECRET: v.optional(Text),
  PHUSONG_OIDC_NAME: v.optional(v.pipe(Text, v.maxLength(40)), 'OpenID Connect'),
  PHUSONG_OIDC_ROLE_CLAIM: v.optional(Text, 'phusong_role'),
  PHUSONG_OIDC_UNITS_CLAIM: v.optional(Text, 'phusong_units'),
});
type Environment = v.InferOutput<typeof Environment>;

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
    publicUrl: env.PHUSONG_PUBLIC_URL,
    provider: providerOf(env),
    dev,
  };
}

/** All three of the issuer, the id and the secret, or none of them. */
function providerOf(env: Environment): ProviderConfiguration | undefined {
  const {
    PHUSONG_OIDC_ISSUER: issuer,
    PHUSONG_OIDC_CLIENT_ID: clientId,
    PHUSONG_OIDC_CLIENT_SECRET: clientSecret,
  } = env;
  if (issuer && clientId && clientSecret)
    return {
      issuer,
      clientId,
      clientSecret,
      name: env.PHUSONG_OIDC_NAME,
      roleClaim: env.PHUSONG_OIDC_ROLE_CLAIM,
      unitsClaim: env.PHUSONG_OIDC_UNITS_CLAIM,
    };
  const needed = { PHUSONG_OIDC_ISSUER: issuer, PHUSONG_OIDC_CLIENT_ID: clientId };
  const all = { ...needed, PHUSONG_OIDC_CLIENT_SECRET: clientSecret };
  const given = Object.entries(all).find(([, value]) => value !== undefined);
  const missing = Object.entries(all).find(([, value]) => value === undefined);
  if (given && missing) throw new StartError(`${missing[0]}: must be set where ${given[0]} is.`);
  return undefined;
}
