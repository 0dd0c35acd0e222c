/** What an address says of signing in: `?token=…` of a display, `?refused=…` from the server's redirect. */
import { SIGN_IN_REFUSALS, type SignInRefusal } from '../../data/wire/accounts.ts';

export interface SignInAddress {
  /** A display's token; null for none. */
  token: string | null;
  /** Why a sign-in through the identity provider came to nothing; null where none did. */
  refused: SignInRefusal | null;
  /** The rest of the query, which is what may stay in the address. */
  rest: string;
}

/** Reads `location.search`. */
export function readSignIn(search: string): SignInAddress {
  const query = new URLSearchParams(search);
  const others = [...query].filter(([name]) => name !== 'token' && name !== 'refused');
  return {
    token: query.get('token'),
    refused: SIGN_IN_REFUSALS.find((one) => one === query.get('refused')) ?? null,
    rest: others.length === 0 ? '' : `?${new URLSearchParams(others)}`,
  };
}
