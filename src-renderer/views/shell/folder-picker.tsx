import { Button, VisuallyHidden } from '@mantine/core';
import { IconFolder, IconFolderQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AppView } from '../../../src-preload/contract/views.ts';
import { useFormats, useMirror, useSurroundings } from '../../context.ts';
import { isActive } from '../../store/selectors.ts';
import { useCall } from '../../use-call.ts';
import { FolderDecision } from '../settings/folder-decision.tsx';
import { useFolderPick } from '../settings/use-folder-pick.ts';
import styles from './sidebar.module.css';

/** The last component of a path and what comes before it, on either kind of system. */
const splitPath = (path: string): { readonly name: string; readonly parent: string } => {
  const parts = path.replace(/[\\/]+$/, '').split(/(?<=[\\/])/);
  return { name: parts.at(-1) ?? path, parent: parts.slice(0, -1).join('') };
};

/** A path with the person's own folder as `~`, where that is how one writes it. */
const shortened = (path: string, { homeFolder, platform }: AppView): string =>
  platform !== 'win32' && (path === homeFolder || path.startsWith(`${homeFolder}/`))
    ? `~${path.slice(homeFolder.length)}`
    : path;

/** The folder the copy is kept in: choose it, see its room, and mend what is wrong with it. */
export function FolderPicker() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const root = useMirror((mirror) => mirror.root);
  const app = useMirror((mirror) => mirror.app);
  const running = useMirror(({ run }) => isActive(run));
  const choose = useFolderPick();
  const anew = useCall(bridge.startRootAnew);
  const wrong = root !== null && root.state !== 'ready' && root.state !== 'new';
  const Icon = wrong ? IconFolderQuestion : IconFolder;

  if (root === null) {
    return (
      <>
        <Button
          variant="default"
          fullWidth
          leftSection={<IconFolder size={18} stroke={1.75} />}
          loading={choose.busy}
          onClick={() => void choose.start()}
        >
          {t('folder.choose')}
        </Button>
        <FolderDecision pick={choose} />
      </>
    );
  }
  const { name, parent } = splitPath(shortened(root.path, app));
  return (
    <div>
      <button
        type="button"
        className={styles.folder}
        data-wrong={wrong || undefined}
        disabled={running || choose.busy}
        title={root.path}
        onClick={() => void choose.start()}
      >
        <Icon size={20} stroke={1.6} aria-hidden="true" />
        <span className={styles.folderWords}>
          <span className={styles.folderName}>{name}</span>
          <span className={styles.folderParent}>
            <bdi>{parent}</bdi>
          </span>
        </span>
        <VisuallyHidden>{t('folder.change')}</VisuallyHidden>
      </button>
      {wrong ? (
        <div className={styles.wrong} role="alert">
          <p>{t(`folder.states.${root.state}`)}</p>
          <div className={styles.wrongActions}>
            <Button
              size="compact-sm"
              variant="default"
              loading={choose.busy}
              onClick={() => void choose.start()}
            >
              {t('folder.chooseAgain')}
            </Button>
            {root.state !== 'not-writable' && (
              <Button
                size="compact-sm"
                variant="subtle"
                loading={anew.busy}
                onClick={() => void anew.start()}
              >
                {t('folder.startAnew')}
              </Button>
            )}
          </div>
        </div>
      ) : (
        <p className={styles.note}>
          {root.state === 'new' ? `${t('folder.states.new')} · ` : ''}
          {root.freeBytes === null
            ? t('folder.freeUnknown')
            : t('folder.free', { size: formats.bytes(root.freeBytes) })}
        </p>
      )}
      <FolderDecision pick={choose} />
    </div>
  );
}
