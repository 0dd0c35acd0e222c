import { expect, test } from 'vitest';
import { draggedTo, nextHeight } from '../../../client/panel/sheet.ts';

test('taps raise the sheet step by step, and from the top bring it down', () => {
  expect(nextHeight('low')).toBe('middle');
  expect(nextHeight('middle')).toBe('high');
  expect(nextHeight('high')).toBe('low');
});

test('a drag moves it one step its way, and not past the ends', () => {
  expect(draggedTo('low', 120)).toBe('middle');
  expect(draggedTo('middle', -120)).toBe('low');
  expect(draggedTo('low', -120)).toBe('low');
  expect(draggedTo('high', 120)).toBe('high');
});

test('a finger that hardly moved tapped', () => {
  expect(draggedTo('low', 5)).toBeUndefined();
});
