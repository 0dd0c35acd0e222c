/** A browser without a screen: it follows where it is sent, and keeps cookies by origin. */

export interface Place {
  url: string;
  status: number;
  text: string;
}

export class Visitor {
  /** By origin, then by name. */
  readonly cookies = new Map<string, Map<string, string>>();

  /** Goes to an address and wherever it is sent from there; `form` is sent by POST. */
  async go(address: string, form?: Record<string, string>): Promise<Place> {
    let url = address;
    let body = form && new URLSearchParams(form);
    for (let step = 0; step < 10; step++) {
      const response = await this.fetch(url, body ? { method: 'POST', body } : {});
      const location = response.headers.get('location');
      if (location === null) return { url, status: response.status, text: await response.text() };
      await response.body?.cancel();
      url = new URL(location, url).href;
      body = undefined;
    }
    throw new Error(`${address} leads nowhere, last to ${url}`);
  }

  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const { origin } = new URL(url);
    const jar = this.cookies.get(origin) ?? new Map<string, string>();
    this.cookies.set(origin, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...init.headers, ...(cookie === '' ? {} : { cookie }) };
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name = '', value = ''] = [
        pair.slice(0, pair.indexOf('=')),
        pair.slice(pair.indexOf('=') + 1),
      ];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }
}
