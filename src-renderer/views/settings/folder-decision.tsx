import { Button, Modal } from '@mantine/core';
import { IconFolder } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FolderFacts, FolderMode } from '../../../src-preload/contract/folders.ts';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { useFormats, useMirror, useNavigation } from '../../context.ts';
import { goToSetting } from '../../navigation.ts';
import styles from './folder.module.css';
import { modesFor } from './folder-modes.ts';
import type { FolderPick } from './use-folder-pick.ts';

/** What is in a picked folder, and the ways of taking it into use. */
export function FolderDecision({ pick }: { readonly pick: FolderPick }) {
  const { t } = useTranslation();
  const root = useMirror((mirror) => mirror.root);
  const { facts } = pick;
  const navigation = useNavigation();
  const take = async (mode: FolderMode): Promise<void> => {
    // How far a move is, is told in the settings.
    if ((await pick.take(mode)) && mode === 'move') goToSetting(navigation, 'folder');
  };
  const library = root === null ? 'none' : root.state === 'ready' ? 'here' : 'away';
  const modes = facts === null ? [] : modesFor(facts, library);
  return (
    <Modal
      opened={facts !== null}
      onClose={pick.dismiss}
      title={t('folder.decide.title')}
      size={520}
      classNames={{ title: styles.title }}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {facts !== null && (
        <div className={styles.decision}>
          <FolderCard facts={facts} />
          {pick.fault !== null && <FaultNotice fault={pick.fault} />}
          <ul className={styles.modes}>
            {modes.map((mode, index) => (
              <li key={mode} className={styles.mode}>
                <Button
                  fullWidth
                  variant={index === 0 ? 'filled' : 'default'}
                  loading={pick.busy}
                  onClick={() => void take(mode)}
                >
                  {t(`folder.decide.${mode}.name`)}
                </Button>
                <p className={styles.text}>{t(`folder.decide.${mode}.text`)}</p>
              </li>
            ))}
          </ul>
          <div>
            <Button variant="subtle" loading={pick.busy} onClick={() => void pick.start()}>
              {t('folder.chooseAgain')}
            </Button>
          </div>
        </div>
      )}
    </Modal>
  );
}

/** A picked folder: where it is, what it is, what is in it and how much room there is. */
export function FolderCard({ facts }: { readonly facts: FolderFacts }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const count = { count: facts.files, amount: formats.count(facts.files) };
  const audio = { count: facts.audioFiles, amount: formats.count(facts.audioFiles) };
  return (
    <div className={styles.card}>
      <IconFolder size={22} stroke={1.6} aria-hidden="true" />
      <div className={styles.words}>
        <p className={styles.path}>{facts.path}</p>
        <p className={styles.text}>{t(`folder.facts.${facts.state}`)}</p>
        <p className={styles.text}>
          {facts.files === 0
            ? t('folder.facts.empty')
            : `${facts.filesAreMore ? t('folder.facts.moreFiles', count) : t('folder.facts.files', count)}, ${t('folder.facts.audio', audio)}`}
          {' · '}
          {facts.freeBytes === null
            ? t('folder.freeUnknown')
            : t('folder.free', { size: formats.bytes(facts.freeBytes) })}
        </p>
      </div>
    </div>
  );
}
