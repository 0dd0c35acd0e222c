/** A real OpenID Connect provider on this machine, with a login page of one field. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateKeyPairSync } from 'node:crypto';
import Provider, { type Grant } from 'oidc-provider';
import type { ProviderConfiguration } from '../../server/configuration.ts';

export interface TestProvider {
  configuration: ProviderConfiguration;
  /** Who has an account there: what it says of each, by subject. */
  people: Map<string, Record<string, unknown>>;
  /** Opens it for a product at an address; before that it answers nobody. */
  open(productUrl: string): void;
  close(): Promise<void>;
}

const CLIENT = { clientId: 'phusong', clientSecret: 'a-secret-of-the-tests' };
const CLAIMS = ['name', 'preferred_username', 'phusong_role', 'phusong_units'];

export async function startIdentityProvider(): Promise<TestProvider> {
  const people: TestProvider['people'] = new Map();
  type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  let answer: Answer = (request) => Promise.resolve(void request.socket.destroy());
  const http = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;

  function open(productUrl: string): void {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = privateKey.export({ format: 'jwk' });
    const provider: Provider = new Provider(issuer, {
      clients: [
        {
          client_id: CLIENT.clientId,
          client_secret: CLIENT.clientSecret,
          redirect_uris: [`${productUrl}/api/session/oidc/callback`],
        },
      ],
      claims: { openid: ['sub'], profile: CLAIMS, email: ['email'] },
      cookies: { keys: ['bài thử'] },
      jwks: { keys: [{ ...key, alg: 'RS256', use: 'sig' }] },
      ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_, { uid }) => `/login/${uid}` },
      findAccount: (_, subject) => {
        const claims = people.get(subject);
        return claims && { accountId: subject, claims: () => ({ sub: subject, ...claims }) };
      },
      // Whoever signs in has agreed, as in an organisation.
      async loadExistingGrant({ oidc }) {
        const grant: Grant = new provider.Grant({
          clientId: CLIENT.clientId,
          ...(oidc.session?.accountId ? { accountId: oidc.session.accountId } : {}),
        });
        grant.addOIDCScope('openid profile email');
        await grant.save();
        return grant;
      },
    });
    const itself = provider.callback();
    answer = async (request, response) => {
      if (!request.url?.startsWith('/login/')) return itself(request, response);
      if (request.method !== 'POST') {
        const form = '<form method="post"><input name="login"><button>Sign in</button></form>';
        response.writeHead(200, { 'Content-Type': 'text/html' }).end(form);
        return;
      }
      const typed = new URLSearchParams(Buffer.concat(await request.toArray()).toString());
      const accountId = typed.get('login') ?? '';
      await provider.interactionFinished(
        request,
        response,
        accountId === '' ? { error: 'access_denied' } : { login: { accountId } },
      );
    };
  }

  return {
    configuration: {
      ...CLIENT,
      issuer: new URL(issuer),
      name: 'Danh tính thử',
      roleClaim: 'phusong_role',
      unitsClaim: 'phusong_units',
    },
    people,
    open,
    async close() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}
