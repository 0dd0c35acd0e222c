import { beforeEach, describe, expect, test } from 'vitest';
import type { Unit } from '../../../client/live/live.ts';
import { live } from '../../../client/live/live.svelte.ts';
import { mayDo } from '../../../client/session/may.ts';
import { session } from '../../../client/session/session.svelte.ts';
import type { SessionAnswer } from '../../../data/wire/accounts.ts';

const editor: SessionAnswer = {
  ...{ name: 'mai', fullName: 'Lò Thị Mai', role: 'editor', units: ['11'] },
  ...{ mustChange: false, display: false, external: false },
};
const unit = (code: string, parent: string): [string, Unit] => [code, { code, parent } as Unit];

beforeEach(() => {
  session.account = editor;
  Object.assign(live, { units: new Map([unit('03127', '11'), unit('00004', '01')]) });
});

describe('what the screen offers', () => {
  test('is what the rule of the server allows, in the communes of one’s provinces', () => {
    expect(mayDo('station.change', ['03127'])).toBe(true);
    expect(mayDo('station.change', ['00004'])).toBe(false);
    expect(mayDo('station.change', ['03127', '00004'])).toBe(false);
    expect(mayDo('link.change', ['03127', '00004'])).toBe(true);
  });

  test('minds fields and statuses where a role depends on them', () => {
    session.account = { ...editor, role: 'reporter' };
    expect(mayDo('station.change', ['03127'])).toBe(true);
    expect(mayDo('station.change', ['03127'], { fields: ['name'] })).toBe(false);
    session.account = { ...editor, role: 'planner' };
    expect(mayDo('station.add', ['03127'], { statuses: ['on_air'] })).toBe(false);
  });

  test('is nothing to nobody, nor to who must change their password first', () => {
    session.account = null;
    expect(mayDo('station.change', ['03127'])).toBe(false);
    session.account = { ...editor, mustChange: true };
    expect(mayDo('station.change', ['03127'])).toBe(false);
  });
});
