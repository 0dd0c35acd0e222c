import { describe, expect, test } from 'vitest';
import { en } from '../../../client/words/en.ts';
import { vi } from '../../../client/words/vi.ts';

/** Every text of a catalogue by its path; a sentence with gaps is filled with marks. */
function textsOf(branch: object, path = ''): [path: string, text: string][] {
  return Object.entries(branch).flatMap(([key, value]: [string, unknown]) => {
    const here = `${path}${key}`;
    if (typeof value === 'string') return [[here, value]];
    if (typeof value === 'function')
      return [[here, String((value as (...gaps: string[]) => string)('‹1›', '‹2›', '‹3›'))]];
    return textsOf(value as object, `${here}.`);
  });
}

describe('the catalogues', () => {
  const vietnamese = new Map(textsOf(vi));
  const english = new Map(textsOf(en));

  test('have the same keys', () => {
    expect([...english.keys()].sort()).toEqual([...vietnamese.keys()].sort());
  });

  test('leave no text empty', () => {
    for (const catalogue of [vietnamese, english])
      expect([...catalogue].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  test('use every gap that the other language uses', () => {
    const gaps = (text = ''): string[] => (text.match(/‹\d›/g) ?? []).sort();
    const different = [...vietnamese]
      .filter(([key, text]) => gaps(text).join() !== gaps(english.get(key)).join())
      .map(([key]) => key);
    expect(different).toEqual([]);
  });

  test('keep Vietnamese in one composed form', () => {
    for (const text of vietnamese.values()) expect(text).toBe(text.normalize('NFC'));
  });

  test('say one and many rightly in English', () => {
    expect(en.hamlets.overdue('1')).toBe('1 day overdue');
    expect(en.hamlets.overdue('2')).toBe('2 days overdue');
    expect(en.network.brokenLinks('1')).toBe('1 broken line');
  });
});
