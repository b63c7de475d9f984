import { CATALOGUE } from './catalogue/catalogue.ts';
import { faultOptions, HELP } from './options.ts';
import { isMissed, reportOf } from './table.ts';
import { type Result, tryFault } from './trial.ts';

/*
 * `npm run faults`: docs/reliability.md says what it shows. Progress goes to standard error, the table to standard
 * output.
 */

const options = faultOptions(process.argv.slice(2));
if (options === null) {
  process.stdout.write(HELP);
} else {
  const results: Result[] = [];
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  say(`Seed ${options.seed}`);
  const { only } = options;
  for (const fault of CATALOGUE) {
    if (only !== null && !`${fault.group} ${fault.name}`.includes(only)) continue;
    const result = await tryFault(fault);
    results.push(result);
    const words = result.wrong.length === 0 ? 'ok' : result.wrong.join('; ');
    say(`${fault.group}: ${fault.name} (${fault.where}): ${words}`);
  }
  process.stdout.write(`${reportOf(results)}\n`);
  process.exitCode = results.some(isMissed) ? 1 : 0;
}
