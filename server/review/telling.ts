/** Tells the sockets of those whom a proposal concerns that there is something new to ask for. */
import type { Server } from 'socket.io';
import type { Account } from '../../data/model/account.ts';
import { isApprover, provincesOf } from '../../data/wire/authority.ts';
import { NATION } from '../../data/model/unit.ts';
import type { Down, Up } from '../../data/wire/stream.ts';
import type { LiveCountry } from '../country/live.ts';
import type { SocketData } from '../stream/stream.ts';
import type { ProposalNews, Review } from './review.ts';

type Sockets = Server<Up, Down, Record<string, never>, SocketData>;

/** Answers how to stop. */
export function tellProposals(
  io: Sockets,
  live: Pick<LiveCountry, 'ground'>,
  review: Pick<Review, 'onNews'>,
): () => void {
  const provinces = (units: readonly string[]): string[] =>
    provincesOf(units, (commune) => live.ground?.provinceOf(commune));
  return review.onNews((news) => {
    const places = news.units && [...news.units, ...provinces(news.units), NATION];
    // What is told is that one may ask, and the answer goes by who one is then.
    for (const socket of io.of('/').sockets.values()) {
      const { account } = socket.data;
      if (account && concerns(account, news, places)) socket.emit('proposals', { id: news.id });
    }
  });
}

function concerns(
  account: Account,
  { author }: ProposalNews,
  places: readonly string[] | undefined,
): boolean {
  if (!places || account.name === author) return true;
  return isApprover(account) && account.units.some((unit) => places.includes(unit));
}
