import { cpus } from 'node:os';
import { inLanes } from './lanes.ts';
import { faultOptions, HELP } from './options.ts';
import { writeFigures } from './page.ts';
import { isMissed } from './result.ts';
import { reportOf } from './table.ts';
import { tasksOf, titleOf } from './tasks.ts';

/*
 * `npm run faults`: docs/reliability.md says what it shows. Progress goes to standard error, the tables to standard
 * output.
 */

const options = faultOptions(process.argv.slice(2));
if (options === null) {
  process.stdout.write(HELP);
} else {
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const tasks = tasksOf(options);
  const started = Date.now();
  say(`Seed ${options.seed}, ${tasks.length} tasks`);
  let done = 0;
  const results = await inLanes(tasks, options.lanes, (task, came) => {
    done += 1;
    const wrong = came.flatMap((result) => result.wrong);
    say(
      `${done}/${tasks.length} ${titleOf(task)}: ${wrong.length === 0 ? 'ok' : wrong.join('; ')}`,
    );
  });
  const minutes = Math.ceil((Date.now() - started) / 60_000);
  const today = new Date().toISOString().slice(0, 10);
  const how = `${today}, seed ${options.seed}, ${minutes} minutes, ${cpus().length} CPUs, ${process.platform}, Node ${process.versions.node}`;
  const figures = `${how}${options.quick || options.only ? ', a part only' : ''}\n\n${reportOf(results)}`;
  process.stdout.write(`\n${figures}\n`);
  if (options.write) await writeFigures(figures);
  process.exitCode = results.some(isMissed) ? 1 : 0;
}
