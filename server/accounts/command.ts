/**
 * `npm run account -- reset <name>` gives an account a new one-time password, for when no operator
 * can sign in any more; whoever can run it has the database in their hands anyway.
 */
import { StartError } from '../errors.ts';
import { runCommand, say, withDatabase } from '../raster/command-line.ts';
import { noteAct, setPassword } from './accounts.ts';
import { oneTimePassword } from './passwords.ts';

const USAGE = 'npm run account -- reset <name>';

await runCommand(async ([verb, name, ...more]) => {
  if (verb !== 'reset' || name === undefined || more.length > 0)
    throw new StartError(`Use it as:\n${USAGE}`);
  await withDatabase(async (pool) => {
    const password = oneTimePassword();
    if (!(await setPassword(pool, name, password, { mustChange: true })))
      throw new StartError(`There is no account ${name} with a password of ours.`);
    await noteAct(pool, { by: 'system', what: 'password.reset', about: name });
    say(`${name} / ${password}   (to be changed at the next sign-in)`);
  });
});
