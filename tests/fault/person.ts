/** What a person does with a server that was started at a terminal: signs in and reports a figure. */
export interface Login {
  name: string;
  password: string;
}

/** The cookie of a session. */
export async function signedIn(url: string, login: Login): Promise<string> {
  const session = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(login),
  });
  if (!session.ok) throw new Error(`${login.name} was not let in: ${await session.text()}`);
  return session.headers.get('set-cookie')?.split(';')[0] ?? '';
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
