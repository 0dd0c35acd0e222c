/** What of the register is asked for: choices of the task, which the address holds. */
import { DECREE_88 } from '../../data/country/decree-88.ts';
import { OPERATORS, type Operator } from '../../data/model/things.ts';
import {
  REGISTER_ORDERS,
  REGISTER_PARTS,
  type RegisterOrder,
  type RegisterPart,
} from '../../data/wire/register.ts';

export interface RegisterWish {
  operator: Operator | null;
  part: RegisterPart;
  from: string;
  to: string;
  order: RegisterOrder;
  descending: boolean;
}

type Choices = Readonly<Record<string, string>>;

export function wishIn(choices: Choices): RegisterWish {
  const by = choices['by'] ?? '';
  return {
    operator: OPERATORS.find((name) => name === choices['op']) ?? null,
    part: REGISTER_PARTS.find((name) => name === choices['part']) ?? 'all',
    from: dayIn(choices['from']) ?? DECREE_88.from,
    to: dayIn(choices['to']) ?? DECREE_88.to,
    order: REGISTER_ORDERS.find((name) => by.startsWith(name)) ?? 'acceptedOn',
    descending: by.endsWith('-'),
  };
}

/** What the task is to remember of a wish; what is ordinary is left out. */
export function choicesFor(wish: Partial<RegisterWish>): Record<string, string> {
  const { operator, part, from, to, order, descending } = wish;
  return {
    ...(operator === undefined ? {} : { op: operator ?? '' }),
    ...(part === undefined ? {} : { part: part === 'all' ? '' : part }),
    ...(from === undefined ? {} : { from: from === DECREE_88.from ? '' : from }),
    ...(to === undefined ? {} : { to: to === DECREE_88.to ? '' : to }),
    ...(order === undefined
      ? {}
      : { by: order === 'acceptedOn' && !descending ? '' : `${order}${descending ? '-' : ''}` }),
  };
}

/** The query of the register's address, for the screen and for a file. */
export function registerQuery(wish: RegisterWish, unit: string, find: string): string {
  return new URLSearchParams({
    unit,
    ...(wish.operator ? { operator: wish.operator } : {}),
    ...{ from: wish.from, to: wish.to, part: wish.part, order: wish.order },
    way: wish.descending ? 'down' : 'up',
    ...(find.trim() ? { find: find.trim() } : {}),
  }).toString();
}

function dayIn(text: string | undefined): string | undefined {
  const counts = text !== undefined && text >= DECREE_88.from && text <= DECREE_88.to;
  return counts && /^\d{4}-\d\d-\d\d$/.test(text) ? text : undefined;
}
