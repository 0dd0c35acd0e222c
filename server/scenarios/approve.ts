/**
 * Approving: a scenario's drafts become planned stations, each by the same command that anybody
 * would send. Everything is checked before the first is added. The scenario is closed first and
 * every command has a key of its own, so that an approval which broke off, or is asked for twice,
 * goes on where it was and adds nothing twice.
 */
import type { Pool } from 'pg';
import * as v from 'valibot';
import { Command, type CommandInput, type Refusal } from '../../data/wire/commands.ts';
import type { Approved, Draft, Scenario } from '../../data/wire/scenarios.ts';
import type { Account } from '../../data/model/account.ts';
import { refusedTo } from '../commands/authority.ts';
import type { Commands } from '../commands/handle.ts';
import { refusedWithoutReview } from '../review/review.ts';
import { wrongDraft, type Scene } from './sites.ts';
import { closeScenario, readScenario } from './store.ts';

/** Commands under way at once: the rest of the product needs the database too. */
const AT_ONCE = 8;

export async function approve(options: {
  pool: Pool;
  commands: Commands;
  scene: Scene;
  scenario: Scenario;
  account: Account;
}): Promise<Approved | Refusal | 'not there any more'> {
  const { pool, commands, scene, scenario, account } = options;
  const wishes = scenario.content.add.map((draft, index) => stationOf(scenario, draft, index));
  if (wishes.length === 0)
    return {
      code: 'invalid',
      message: 'content.add: there is no draft to approve',
      path: 'add',
      reason: { is: 'empty' },
    };
  if (!scenario.approved) {
    for (const [index, draft] of scenario.content.add.entries()) {
      const wrong = wrongDraft({ ...draft, status: 'planned' }, index, scene);
      if (wrong) return wrong;
    }
    const meant = wishes.map((wish) => v.parse(Command, wish));
    for (const command of meant) {
      const forbidden = refusedTo(account, command, scene);
      if (forbidden) return forbidden;
    }
    const unreviewed = await refusedWithoutReview(pool, account, meant, scene);
    if (unreviewed) return unreviewed;
    if (!(await closeScenario(pool, scenario.id, scenario.version, account.name))) {
      const now = await readScenario(pool, scenario.id);
      // Somebody approved the very same a moment ago: then there is nothing to argue about.
      if (!now?.approved || now.version !== scenario.version + 1) return 'not there any more';
    }
  }
  const seqs: number[] = [];
  for (let from = 0; from < wishes.length; from += AT_ONCE) {
    const part = wishes.slice(from, from + AT_ONCE);
    for (const answer of await Promise.all(part.map((wish) => commands.handle(wish, account)))) {
      if ('error' in answer) return answer.error;
      // A province has begun to ask for approval meanwhile: what is left waits there.
      if ('seq' in answer) seqs.push(answer.seq);
    }
  }
  return { added: seqs.length, seqs };
}

/** The command that puts a draft into the plan. */
function stationOf(scenario: Scenario, draft: Draft, index: number): CommandInput {
  const { operator, technology, band, lon, lat, heightM, azimuth, beamwidth, plannedFor } = draft;
  return {
    type: 'station.add',
    key: `scenario:${scenario.id}:${index}`,
    name: draft.name || `${scenario.name} ${index + 1}`,
    ...{ operator, technology, band, lon, lat, heightM, status: 'planned' },
    ...(azimuth === undefined ? {} : { azimuth }),
    ...(beamwidth === undefined ? {} : { beamwidth }),
    ...(plannedFor === undefined ? {} : { plannedFor }),
    source: `phương án ${scenario.id}: ${scenario.name}`,
  };
}
