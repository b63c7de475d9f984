import { Button } from '@mantine/core';
import { IconFolder } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormats, useMirror, useSurroundings } from '../../context.ts';
import { isActive } from '../../store/selectors.ts';
import { useCall } from '../../use-call.ts';
import folder from './folder.module.css';
import { FolderDecision } from './folder-decision.tsx';
import { MoveProgress } from './move-progress.tsx';
import { Setting } from './setting.tsx';
import styles from './settings.module.css';
import { useFolderPick } from './use-folder-pick.ts';

/** The folder of the copy: what it is, how much room it has, another one, and a move on its way. */
export function FolderSetting() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const root = useMirror((mirror) => mirror.root);
  const running = useMirror(({ run }) => isActive(run));
  const moving = useMirror(({ move }) => move?.state === 'running');
  const pick = useFolderPick();
  const anew = useCall(bridge.startRootAnew);
  const lost = root?.state === 'missing' || root?.state === 'foreign';
  return (
    <Setting
      id="folder"
      control={
        <Button
          variant="default"
          loading={pick.busy}
          disabled={running || moving}
          onClick={() => void pick.start()}
        >
          {root === null ? t('folder.choose') : t('settings.folder.change')}
        </Button>
      }
    >
      {root !== null && (
        <div
          className={folder.card}
          data-wrong={lost || root.state === 'not-writable' || undefined}
        >
          <IconFolder size={22} stroke={1.6} aria-hidden="true" />
          <div className={folder.words}>
            <p className={folder.path}>{root.path}</p>
            <p className={folder.text}>
              {root.state === 'ready' ? '' : `${t(`folder.states.${root.state}`)} · `}
              {root.freeBytes === null
                ? t('folder.freeUnknown')
                : t('folder.free', { size: formats.bytes(root.freeBytes) })}
            </p>
            {lost && (
              <Button
                className={folder.anew}
                size="compact-sm"
                variant="default"
                loading={anew.busy}
                onClick={() => void anew.start()}
              >
                {t('folder.startAnew')}
              </Button>
            )}
          </div>
        </div>
      )}
      {running && <p className={styles.state}>{t('settings.folder.whileSyncing')}</p>}
      <MoveProgress />
      <FolderDecision pick={pick} />
    </Setting>
  );
}
