#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { ERRORS } from '../../src-preload/contract/error-codes.ts';
import { PREFERENCES } from '../../src-preload/contract/formats.ts';
import { type AlbumId, albumId } from '../../src-preload/contract/ids.ts';
import { environmentLocales, resolveLanguage } from '../../src-preload/contract/language.ts';
import { settingsSchema } from '../../src-preload/contract/settings.ts';
import { asCratefulError } from '../errors.ts';
import { type AdoptOptions, adopt } from './adopt.ts';
import { type DuplicatesOptions, duplicates } from './duplicates.ts';
import { type ExportOptions, exportCommand } from './export.ts';
import { type RearrangeOptions, rearrange } from './rearrange.ts';
import { rebuild } from './rebuild.ts';
import { createSentences } from './sentences.ts';
import { type SetAsideOptions, setAside } from './set-aside.ts';
import { type LoginOptions, login, logout } from './sign-in.ts';
import { status } from './status.ts';
import { sync } from './sync.ts';
import type { SyncOptions } from './sync-options.ts';
import { type UpgradesOptions, upgrades } from './upgrades.ts';
import { type VerifyOptions, verify } from './verify.ts';

// Before any settings can be read, the environment decides.
const sentences = createSentences(resolveLanguage('system', environmentLocales(process.env)));
const { t } = sentences;
const { version } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string };

function parseConcurrency(text: string): number {
  const parsed = settingsSchema.shape.concurrency.safeParse(Number(text));
  if (!parsed.success) throw new InvalidArgumentError(t('cli.help.concurrencyRange'));
  return parsed.data;
}

function parseFolder(text: string): string {
  // An unset variable in a script must not become the folder one happens to be in.
  if (text.trim() === '') throw new InvalidArgumentError(t('cli.help.toEmpty'));
  return text;
}

function parseFile(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError(t('cli.help.fileEmpty'));
  return text;
}

function collectAlbum(text: string, before: readonly AlbumId[] = []): readonly AlbumId[] {
  if (!/^[A-Za-z0-9]{1,64}$/.test(text)) throw new InvalidArgumentError(t('cli.help.albumOdd'));
  return [...before, albumId(text)];
}

/** Runs a command; a fault nobody put into words yet is said here. */
async function end(work: Promise<number>): Promise<void> {
  try {
    process.exitCode = await work;
  } catch (error) {
    const fault = asCratefulError(error).toView();
    process.stderr.write(`${sentences.sentence(fault)} ${sentences.remedy(fault.code)}\n`);
    process.exitCode = ERRORS[fault.code].exit;
  }
}

const program = new Command('crateful')
  .description(t('cli.help.program'))
  .version(version)
  .exitOverride()
  .showHelpAfterError();
program
  .command('sync')
  .description(t('cli.help.sync'))
  .option('--to <dir>', t('cli.help.to'), parseFolder)
  .addOption(new Option('--format <format>', t('cli.help.format')).choices(PREFERENCES))
  .option('--dry-run', t('cli.help.dryRun'))
  .option('--json', t('cli.help.json'))
  .option('--concurrency <n>', t('cli.help.concurrency'), parseConcurrency)
  .option('--new-root', t('cli.help.newRoot'))
  .option('--verbose', t('cli.help.verbose'))
  .action((options: SyncOptions) => end(sync(options, sentences, version)));
program
  .command('verify')
  .description(t('cli.help.verify'))
  .option('--album <id>', t('cli.help.album'), collectAlbum)
  .option('--repair', t('cli.help.repair'))
  .option('--json', t('cli.help.json'))
  .action((options: VerifyOptions) => end(verify(options, sentences, version)));
program
  .command('export')
  .description(t('cli.help.export'))
  .option('--json <file>', t('cli.help.exportJson'), parseFile)
  .option('--sha256 <file>', t('cli.help.exportSha256'), parseFile)
  .action((options: ExportOptions) => end(exportCommand(options, sentences, version)));
program
  .command('rearrange')
  .description(t('cli.help.rearrange'))
  .option('--dry-run', t('cli.help.rearrangeDryRun'))
  .addOption(new Option('--undo', t('cli.help.undo')).conflicts('dryRun'))
  .option('--yes', t('cli.help.yes'))
  .option('--json', t('cli.help.json'))
  .action((options: RearrangeOptions) => end(rearrange(options, sentences, version)));
program
  .command('adopt')
  .argument('[dir]', t('cli.help.adoptDir'), parseFolder)
  .description(t('cli.help.adopt'))
  .option('--to <dir>', t('cli.help.to'), parseFolder)
  .option('--leave', t('cli.help.adoptLeave'))
  .option('--move', t('cli.help.adoptMove'))
  .option('--copy', t('cli.help.adoptCopy'))
  .option('--likely', t('cli.help.adoptLikely'))
  .option('--dry-run', t('cli.help.adoptDryRun'))
  .option('--json', t('cli.help.json'))
  .option('--yes', t('cli.help.yes'))
  .option('--undo', t('cli.help.adoptUndo'))
  .action((dir: string | undefined, options: AdoptOptions) =>
    end(adopt(dir, options, sentences, version)),
  );
program
  .command('upgrades')
  .description(t('cli.help.upgrades'))
  .option('--take [id...]', t('cli.help.upgradesTake'))
  .addOption(new Option('--dismiss <id...>', t('cli.help.upgradesDismiss')).conflicts('take'))
  .option('--yes', t('cli.help.yes'))
  .option('--json', t('cli.help.json'))
  .action((options: UpgradesOptions) => end(upgrades(options, sentences, version)));
program
  .command('duplicates')
  .description(t('cli.help.duplicates'))
  .option('--keep <copy...>', t('cli.help.duplicatesKeep'))
  .addOption(new Option('--keep-all <copy...>', t('cli.help.duplicatesKeepAll')).conflicts('keep'))
  .option('--yes', t('cli.help.yes'))
  .option('--json', t('cli.help.json'))
  .action((options: DuplicatesOptions) => end(duplicates(options, sentences, version)));
program
  .command('set-aside')
  .description(t('cli.help.setAside'))
  .option('--restore <id...>', t('cli.help.setAsideRestore'))
  .addOption(new Option('--empty [id...]', t('cli.help.setAsideEmpty')).conflicts('restore'))
  .option('--yes', t('cli.help.yes'))
  .option('--json', t('cli.help.json'))
  .action((options: SetAsideOptions) => end(setAside(options, sentences, version)));
program
  .command('status')
  .description(t('cli.help.status'))
  .option('--json', t('cli.help.json'))
  .action((options: { json?: boolean }) => end(status(options, sentences, version)));
program
  .command('login')
  .description(t('cli.help.login'))
  .option('--session-only', t('cli.help.sessionOnly'))
  .action((options: LoginOptions) => end(login(options, sentences, version)));
program
  .command('logout')
  .description(t('cli.help.logout'))
  .action(() => end(logout(sentences, version)));
program
  .command('rebuild')
  .description(t('cli.help.rebuild'))
  .option('--yes', t('cli.help.yes'))
  .action((options: { yes?: boolean }) => end(rebuild(options, sentences, version)));
program.addHelpText('after', `\n${t('cli.help.examples')}\n\n${t('cli.help.environment')}`);
// A reader that has gone (`| head`) is no fault to fill the screen with; a sync takes it as a wish to stop.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Help and version end like this as well, with 0.
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
