/** What a change that waits is about, what it wants, and why it was not taken. Reactive where the view is. */
import type { Noun } from '../../data/log/event.ts';
import { difference } from '../../data/model/fields.ts';
import type { Fields } from '../../data/model/table.ts';
import type { ReportStatus } from '../../data/model/things.ts';
import { FIELDS, type FieldName, type FormNoun } from '../edit/fields.ts';
import { said, thingNamed } from '../edit/naming.ts';
import { refusalSaid } from '../edit/saying.ts';
import { editWords } from '../edit/words.ts';
import { refusedStep, stepSaid } from '../reports/saying.ts';
import { reportWords } from '../reports/words.ts';
import { view } from '../view/view.svelte.ts';
import { number } from '../words/format.ts';
import type { Waiting } from './memory.ts';
import { givenBy } from './queue.ts';
import { offlineWords } from './words.ts';

/** What it is about, as the person called it. */
export function nameOf({ command, name }: Waiting): string {
  const noun = nounOf(command);
  const known =
    'id' in command && isForm(noun) && noun !== 'indicator'
      ? thingNamed(noun, command.id)
      : undefined;
  return name || known || offlineWords().nameless;
}

export function titleOf(one: Waiting): string {
  const { command, before } = one;
  const o = offlineWords();
  const e = editWords();
  const name = nameOf(one);
  if (command.type === 'report.change') {
    const from = before?.['status'] as ReportStatus | undefined;
    return `${name}: ${stepSaid(command.status, from)}`;
  }
  if (command.type === 'indicator.remove') return `${e.withdraw}: ${name}`;
  if (command.type.endsWith('.remove')) return o.remove(name);
  if ('version' in command) return o.restore(name, number(command.version, view.language));
  const noun = nounOf(command);
  if (!isForm(noun)) return name;
  return `${'id' in command ? e.change[noun] : e.add[noun]}: ${name}`;
}

/** What it sets, field by field; of a new thing what it is, in one line. */
export function linesOf({ command, before, then }: Waiting): string[] {
  const noun = nounOf(command);
  if (command.type === 'report.change')
    return command.answer ? [`${reportWords().answer}: ${command.answer}`] : [];
  if (!isForm(noun) || command.type.endsWith('.remove')) return [];
  const back = then ? difference(before ?? {}, then) : {};
  const fields = 'version' in command ? back : givenBy(command);
  const names = FIELDS[noun].map(({ name }) => name).filter((name) => isIn(fields, name));
  const e = editWords();
  if ('id' in command)
    return names.map((name) => `${e.fields[name]}: ${said(noun, name, fields) || e.none}`);
  const values = names.filter((name) => name !== 'name').map((name) => said(noun, name, fields));
  return [values.filter((text) => text !== '').join(' · ')];
}

/** Empty while it waits. */
export function whyNot({ command, refusal }: Waiting): string {
  if (!refusal) return '';
  if (command.type === 'report.change') return refusedStep(refusal);
  return refusalSaid(refusal, editWords(), view.language);
}

/** A place is two fields and one thing. */
function isIn(fields: Fields, name: FieldName): boolean {
  return (name === 'place' ? 'lon' : name) in fields;
}

function nounOf({ type }: Waiting['command']): Noun | 'coverage' {
  return type.split('.')[0] as Noun | 'coverage';
}

function isForm(noun: Noun | 'coverage'): noun is FormNoun {
  return noun in FIELDS;
}
