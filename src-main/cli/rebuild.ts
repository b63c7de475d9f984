import { leftToDo, type RebuildReport } from '../../src-preload/contract/recovery.ts';
import { systemClock } from '../clock.ts';
import { rebuildRecord } from '../sync/rebuild.ts';
import { ask } from './ask.ts';
import { dataFolder } from './home.ts';
import { openEngine } from './open-engine.ts';
import type { Sentences } from './sentences.ts';

/**
 * `crateful rebuild`: makes the record of the library anew when it is damaged, after asking. Gives the exit code.
 *
 * Throws `ALREADY_RUNNING`, `DATABASE_BUSY`, `DATABASE_TOO_NEW` and faults of the disk.
 */
export async function rebuild(
  options: { readonly yes?: boolean },
  sentences: Sentences,
  version: string,
): Promise<number> {
  const { t } = sentences;
  const say = (text: string) => void process.stdout.write(`${text}\n`);
  let refusal: number | null = null;
  const rebuilt = await rebuildRecord({
    home: dataFolder(process.env, process.platform),
    clock: systemClock,
    async mayReplace() {
      if (options.yes) return true;
      refusal = await ask(t('cli.rebuild.ask'), sentences);
      return refusal === null;
    },
  });
  if (refusal !== null) return refusal;
  if (!rebuilt) {
    say(t('cli.rebuild.whole'));
    return 0;
  }
  const engine = await openEngine({}, version);
  try {
    for (const line of linesOf(await engine.care.learnAgain(rebuilt), sentences)) say(line);
    return 0;
  } finally {
    await engine.dispose();
  }
}

function linesOf(report: RebuildReport, { t, formats }: Sentences): readonly string[] {
  const { source, backupDayMs, folder, folderThere, tracks, setAside } = report;
  const date = formats.date((backupDayMs ?? 0) / 1000);
  const lines = [t(`rebuild.from.${source}`, { date })];
  if (folder !== null) {
    const amount = formats.count(tracks);
    lines.push(
      folderThere
        ? t('rebuild.tracks', { count: tracks, amount, folder })
        : t('rebuild.folderAway', { folder }),
    );
  }
  if (setAside !== null) lines.push(t('rebuild.setAside', { name: setAside }));
  lines.push(t(`rebuild.next.${leftToDo(report)}`));
  return lines;
}
