/**
 * Signing in through the organisation's own identity provider: OpenID Connect, an authorization code
 * with PKCE, state and nonce. Only the configured issuer and the endpoints that it names are ever
 * contacted, and not before somebody signs in: one that is down keeps nothing from starting.
 */
import * as oidc from 'openid-client';
import type { ProviderConfiguration } from '../configuration.ts';
import type { Departure } from './departure.ts';

/** Whom the provider vouches for, and what it says of them. */
export interface Vouched {
  issuer: string;
  subject: string;
  claims: Readonly<Record<string, unknown>>;
}

/** Why there is nobody: it does not answer, it said no, the code is worn out, or it is not believed. */
type NotVouched = 'unreachable' | 'denied' | 'expired' | 'failed';

export interface IdentityProvider {
  readonly configuration: ProviderConfiguration;
  /** Where to send a browser, and what it must bring back; `redirect` is where it comes back to. */
  depart(
    redirect: string,
    to: string,
  ): Promise<{ address: string; departure: Departure } | NotVouched>;
  /** Takes a browser's return; `query` is that of the address it came back to, with its `?`. */
  arrive(departure: Departure, query: string): Promise<Vouched | NotVouched>;
}

const ANSWER_WITHIN_S = 10;
/** What the provider tells of itself is asked for anew after this long. */
const KNOWN_FOR_MS = 3_600_000;
const SCOPE = 'openid profile email';

export function openIdentityProvider(
  configuration: ProviderConfiguration,
  now: () => number,
): IdentityProvider {
  const { issuer, clientId, clientSecret, name, roleClaim, unitsClaim } = configuration;
  let known: { at: number; client: Promise<oidc.Configuration> } | undefined;

  function client(): Promise<oidc.Configuration> {
    if (known && now() - known.at < KNOWN_FOR_MS) return known.client;
    const asked = oidc.discovery(issuer, clientId, undefined, secretOf(clientSecret), {
      timeout: ANSWER_WITHIN_S,
      execute: [
        oidc.enableNonRepudiationChecks,
        // A provider on this very machine; the configuration lets no other be without TLS.
        ...(issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : []),
      ],
    });
    const mine = (known = { at: now(), client: asked });
    // One that does not answer now is asked again by the next who signs in.
    asked.catch(() => {
      if (known === mine) known = undefined;
    });
    return asked;
  }

  function notVouched(error: unknown): NotVouched {
    const why = whyNot(error);
    console.warn(`Sign-in through ${name} (${issuer.href}): ${why}.`, sentenceOf(error));
    // It may have moved its endpoints or changed its keys.
    if (why === 'failed') known = undefined;
    return why;
  }

  return {
    configuration,
    async depart(redirect, to) {
      try {
        const config = await client();
        const departure: Departure = {
          state: oidc.randomState(),
          nonce: oidc.randomNonce(),
          verifier: oidc.randomPKCECodeVerifier(),
          redirect,
          to,
        };
        const address = oidc.buildAuthorizationUrl(config, {
          redirect_uri: redirect,
          scope: SCOPE,
          state: departure.state,
          nonce: departure.nonce,
          code_challenge: await oidc.calculatePKCECodeChallenge(departure.verifier),
          code_challenge_method: 'S256',
        });
        return { address: address.href, departure };
      } catch (error) {
        return notVouched(error);
      }
    },
    async arrive({ state, nonce, verifier, redirect }, query) {
      try {
        const config = await client();
        const tokens = await oidc.authorizationCodeGrant(config, new URL(redirect + query), {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const said = tokens.claims();
        if (!said) return 'failed';
        const { iss, sub } = said;
        // Many providers keep their own claims out of the ID token and tell them when asked.
        const told = roleClaim in said && unitsClaim in said;
        const more =
          told || config.serverMetadata().userinfo_endpoint === undefined
            ? {}
            : await oidc.fetchUserInfo(config, tokens.access_token, sub);
        return { issuer: iss, subject: sub, claims: { ...more, ...said } };
      } catch (error) {
        return notVouched(error);
      }
    },
  };
}

/** In the header, as OpenID Connect has it unless the provider says that it takes the body only. */
function secretOf(secret: string): oidc.ClientAuth {
  const inHeader = oidc.ClientSecretBasic(secret);
  const inBody = oidc.ClientSecretPost(secret);
  return (server, ...request) => {
    const { token_endpoint_auth_methods_supported: methods } = server;
    const basic = methods === undefined || methods.includes('client_secret_basic');
    (basic ? inHeader : inBody)(server, ...request);
  };
}

function whyNot(error: unknown): NotVouched {
  if (error instanceof oidc.AuthorizationResponseError) return 'denied';
  if (error instanceof oidc.ResponseBodyError)
    return error.error === 'invalid_grant' ? 'expired' : 'failed';
  // What fetch throws where nobody listens, and what stands for a page that is no answer.
  if (error instanceof TypeError) return 'unreachable';
  const code = error instanceof oidc.ClientError ? error.code : undefined;
  return code === 'OAUTH_TIMEOUT' || code === 'OAUTH_RESPONSE_IS_NOT_CONFORM'
    ? 'unreachable'
    : 'failed';
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error ? `${error.message}: ${cause.message}` : error.message;
}
