import { Button } from '@mantine/core';
import { IconFolder } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormats, useMirror } from '../../context.ts';
import folder from '../settings/folder.module.css';
import { FolderCard, FolderDecision } from '../settings/folder-decision.tsx';
import { useFolderPick } from '../settings/use-folder-pick.ts';
import styles from './first-run.module.css';

/** Where the copy shall live, with the room there and what is in it already. */
export function FolderStep() {
  const { t } = useTranslation();
  const formats = useFormats();
  const root = useMirror((mirror) => mirror.root);
  const demo = useMirror((mirror) => mirror.app.demo);
  const pick = useFolderPick();
  const facts = pick.taken?.path === root?.path ? pick.taken : null;
  return (
    <>
      <h1 className={styles.title} tabIndex={-1}>
        {t('setup.folder.title')}
      </h1>
      <p className={styles.lead}>{demo ? t('setup.folder.preset') : t('setup.folder.text')}</p>
      {root !== null && facts !== null && <FolderCard facts={facts} />}
      {root !== null && facts === null && (
        <div className={folder.card}>
          <IconFolder size={22} stroke={1.6} aria-hidden="true" />
          <div className={folder.words}>
            <p className={folder.path}>{root.path}</p>
            <p className={folder.text}>
              {root.state === 'ready' ? '' : `${t(`folder.states.${root.state}`)} · `}
              {root.freeBytes === null
                ? t('folder.freeUnknown')
                : t('folder.free', { size: formats.bytes(root.freeBytes) })}
            </p>
          </div>
        </div>
      )}
      <div>
        <Button
          variant={root === null ? 'filled' : 'default'}
          size={root === null ? 'md' : 'sm'}
          leftSection={<IconFolder size={18} stroke={1.75} />}
          loading={pick.busy}
          onClick={() => void pick.start()}
        >
          {root === null ? t('folder.choose') : t('folder.change')}
        </Button>
      </div>
      {root === null && <p className={styles.quiet}>{t('setup.folder.needed')}</p>}
      <FolderDecision pick={pick} />
    </>
  );
}
