/** What a person does with a server that was started at a terminal: signs in and reports a figure. */
import type { MainProcess } from '../setup/main-process.ts';

export interface Login {
  name: string;
  password: string;
}

/** The account that an empty system prints at its first start. */
export function operatorOf({ output }: MainProcess): Login {
  return { name: 'operator', password: /operator.* \/ (\S+)/.exec(output())?.[1] ?? '' };
}

/** The cookie of a session; a one-time password is changed, as everybody must. */
export async function signedIn(url: string, login: Login): Promise<string> {
  const post = (path: string, body: object, cookie = ''): Promise<Response> =>
    fetch(url + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', cookie },
      body: JSON.stringify(body),
    });
  const session = await post('/api/session', login);
  if (!session.ok) throw new Error(`${login.name} was not let in: ${await session.text()}`);
  const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
  if (((await session.json()) as { mustChange: boolean }).mustChange) {
    const change = { current: login.password, password: `${login.password}, của tôi` };
    const changed = await post('/api/session/password', change, cookie);
    if (!changed.ok) throw new Error(`${login.name}: ${await changed.text()}`);
  }
  return cookie;
}

/** Reports a figure and answers the number of its event. */
export async function report(url: string, cookie: string, key: string): Promise<number> {
  const response = await fetch(`${url}/api/commands`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', cookie },
    body: JSON.stringify({
      type: 'indicator.report',
      key,
      indicator: 'tslcd.communes',
      unit: 'vn',
      day: '2025-07-28',
      value: 3_319,
    }),
  });
  if (!response.ok) throw new Error(`${key} was refused: ${await response.text()}`);
  return ((await response.json()) as { seq: number }).seq;
}
