import type { AccountView, RootView } from '../../src-preload/contract/views.ts';
import { openEngine } from './open-engine.ts';
import type { Sentences } from './sentences.ts';

/** `crateful status`: account, folder and how much of what was bought is there; from what is known, offline. */
export async function status(
  options: { readonly json?: boolean },
  sentences: Sentences,
  version: string,
): Promise<number> {
  const { t, formats } = sentences;
  const engine = await openEngine({}, version);
  try {
    const { account, root, albums, purchases } = await engine.snapshot();
    const synced = albums.filter((album) => album.status === 'synced').length;
    const bytes = albums.reduce((sum, album) => sum + album.bytes, 0);
    if (options.json) {
      const { listedAtMs } = purchases;
      const facts = { account, root, albums: albums.length, synced, bytes, listedAtMs };
      process.stdout.write(`${JSON.stringify({ type: 'status', ...facts })}\n`);
      return 0;
    }
    const albumsLine = t('cli.albums', {
      synced: formats.count(synced),
      total: formats.count(albums.length),
      size: formats.bytes(bytes),
    });
    const lines = [
      ...accountLines(account, sentences),
      rootLine(root, sentences),
      ...(albums.length > 0 ? [albumsLine] : []),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
    return 0;
  } finally {
    await engine.dispose();
  }
}

function accountLines(account: AccountView | null, { t }: Sentences): readonly string[] {
  if (process.env.QOBUZ_USER_AUTH_TOKEN) {
    const who = account ? [t('cli.signedInAs', { name: account.name })] : [];
    return [...who, t('cli.environmentToken')];
  }
  if (!account) return [t('cli.notSignedIn')];
  if (!account.signedIn) return [t('cli.sessionOver', { name: account.name })];
  return [
    t('cli.signedInAs', { name: account.name }),
    t(`account.kept.${account.credentialStore}`),
  ];
}

function rootLine(root: RootView | null, { t }: Sentences): string {
  if (!root) return t('cli.noFolder');
  return t(root.state === 'ready' ? 'cli.folder' : 'cli.folderMissing', { path: root.path });
}
