import { NO_LOSS, type Result } from './result.ts';
import { perform, type Task, titleOf } from './tasks.ts';

/* A process that does one task after another, as lanes.ts hands them out; a task that breaks is a result too. */

process.on('message', async (task: Task) => {
  process.send?.(await perform(task).catch((error: unknown) => [broken(task, error)]));
});

const broken = (task: Task, error: unknown): Result => ({
  group: groupOf(task),
  name: titleOf(task),
  where: '',
  faults: 1,
  downloads: 0,
  healed: 0,
  told: {},
  losses: NO_LOSS,
  bytesTwice: 0,
  wrong: [`it could not be tried: ${causesOf(error)}`],
});

const causesOf = (error: unknown): string =>
  error instanceof Error && error.cause
    ? `${error.message}: ${causesOf(error.cause)}`
    : String(error instanceof Error ? error.stack : error);

function groupOf(task: Task): Result['group'] {
  if (task.kind === 'fault') return titleOf(task).split(':')[0] as Result['group'];
  if (task.kind === 'mix') return 'mixes';
  if (task.kind === 'many albums') return 'catalogue';
  return task.kind === 'power cuts' ? 'power cuts' : 'kills';
}
