import { describe, expect, it } from 'vitest';
import { readConfiguration } from '../../server/configuration.ts';

const PROVIDER = {
  PHUSONG_OIDC_ISSUER: 'https://id.example.vn/realms/tinh',
  PHUSONG_OIDC_CLIENT_ID: 'phusong',
  PHUSONG_OIDC_CLIENT_SECRET: 'secret',
};
const read = (environment: Record<string, string>) => readConfiguration(environment, false);

describe('an identity provider', () => {
  it('is none where nothing is said of it', () => {
    expect(read({}).provider).toBeUndefined();
  });

  it('is known by issuer, id and secret; its name and claims have defaults', () => {
    expect(read(PROVIDER).provider).toMatchObject({
      ...{ clientId: 'phusong', clientSecret: 'secret', name: 'OpenID Connect' },
      ...{ roleClaim: 'phusong_role', unitsClaim: 'phusong_units' },
    });
    const named = { PHUSONG_OIDC_NAME: 'Sở TT&TT', PHUSONG_OIDC_ROLE_CLAIM: 'role' };
    expect(read({ ...PROVIDER, ...named }).provider).toMatchObject({
      ...{ name: 'Sở TT&TT', roleClaim: 'role' },
    });
  });

  it.each(Object.keys(PROVIDER))('of which %s is not said is refused, naming it', (name) => {
    expect(() => read({ ...PROVIDER, [name]: '' })).toThrow(new RegExp(`^${name}: must be set`));
  });

  it.each([
    ['https://id.example.vn', true],
    ['http://127.0.0.1:8080', true],
    ['http://localhost:8080', true],
    ['http://[::1]:8080', true],
    ['http://id.example.vn', false],
    ['http://localhost.example.vn', false],
    ['http://127.0.0.1.example.vn', false],
    ['ftp://localhost', false],
    ['id.example.vn', false],
    ['https://id.example.vn/?realm=1', false],
  ])('at %s: %s', (issuer, taken) => {
    const start = () => read({ ...PROVIDER, PHUSONG_OIDC_ISSUER: issuer });
    if (taken) expect(start().provider?.issuer.href).toContain(issuer);
    else expect(start).toThrow(/^PHUSONG_OIDC_ISSUER: must be/);
  });
});

describe('the public address', () => {
  it.each([
    ['https://ban-do.example.vn', 'https://ban-do.example.vn'],
    ['https://ban-do.example.vn/', 'https://ban-do.example.vn'],
    ['http://may-chu:3000', 'http://may-chu:3000'],
  ])('%s is %s', (given, taken) => {
    expect(read({ PHUSONG_PUBLIC_URL: given }).publicUrl).toBe(taken);
  });

  it.each(['ban-do.example.vn', 'https://example.vn/ban-do', 'ftp://example.vn'])(
    '%s is refused by name',
    (given) => {
      expect(() => read({ PHUSONG_PUBLIC_URL: given })).toThrow(/^PHUSONG_PUBLIC_URL: must be/);
    },
  );
});
