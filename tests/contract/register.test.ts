/** The register of accepted 5G stations over HTTP, and as a file for a spreadsheet. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RegisterAnswer } from '../../data/wire/register.ts';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { centreOfSmall } from '../setup/small-territory.ts';

let database: TestDatabase;
let server: TestServer;
beforeAll(async () => {
  database = await freshDatabase();
  server = await startServer(database);
  for (const [index, more] of [
    { name: '=HYPERLINK("x")', document: '1/BBNT, quyển "A"' },
    { name: 'Trạm 2', document: '1/BBNT, quyển "A"' },
    { name: 'Trạm 3', ...at('03001') },
  ].entries())
    await server.post({
      ...{ type: 'station.add', key: `register-${index}`, operator: 'viettel', technology: '5g' },
      ...{ band: 'n41', heightM: 30, status: 'on_air', since: '2025-05-02', ...at('00001') },
      ...{ acceptedOn: '2025-05-10', ...more },
    });
});
afterAll(async () => {
  await server.close();
  await database.close();
});

function at(commune: string) {
  const [lon, lat] = centreOfSmall(commune);
  return { lon, lat };
}
const get = (path: string): Promise<Response> => fetch(`${server.url}/api/register/${path}`);

describe('the register', () => {
  it('tells of the whole country and of a unit, with totals and the threshold', async () => {
    const whole = (await (await get('decree88')).json()) as RegisterAnswer;
    expect(whole).toMatchObject({
      ...{ from: '2025-02-19', to: '2025-12-31', threshold: 20_000, total: 3 },
      totals: [{ operator: 'viettel', counted: 1, duplicates: 1, missing: 1, early: 0 }],
      seq: server.live.country.seq,
    });
    const east = (await (await get('decree88?unit=11')).json()) as RegisterAnswer;
    expect(east.rows).toMatchObject([{ name: 'Trạm 3', commune: '03001', standing: 'missing' }]);
  });

  it('refuses what it does not know, and days that do not count, with a sentence', async () => {
    for (const [query, status, path] of [
      ['unit=99', 404, 'unit'],
      ['operator=beeline', 400, 'operator'],
      ['from=2024-01-01', 400, 'from'],
      ['part=half', 400, 'part'],
      ['limit=0', 400, 'limit'],
      ['colour=red', 400, 'colour'],
    ] as const) {
      const answer = await get(`decree88?${query}`);
      const { error } = (await answer.json()) as { error: { path: string } };
      expect([query, answer.status, error.path]).toEqual([query, status, path]);
    }
  });

  it('is a file that a spreadsheet reads, and no place for formulas', async () => {
    const answer = await get('decree88.csv?part=duplicate');
    expect(answer.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('Content-Disposition')).toContain('nghiem-thu-nd88.csv');
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const [head, first, second, end] = new TextDecoder().decode(bytes).split('\r\n');
    expect(head).toContain('Ngày nghiệm thu,Văn bản nghiệm thu,Kết quả');
    expect(first).toContain(`"'=HYPERLINK(""x"")"`);
    expect(first).toContain('2025-05-10,"1/BBNT, quyển ""A""",được tính');
    expect(second).toContain('"nghi trùng, không tính"');
    expect(second).toContain('cùng văn bản, cùng vị trí; cùng băng tần, cùng vị trí');
    expect(end).toBe('');
  });
});
