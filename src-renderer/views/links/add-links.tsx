import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigation } from '../../context.ts';
import { usePlace } from '../../navigation.ts';
import styles from './links.module.css';
import { useAddLinks } from './use-add-links.tsx';

/** The dialog for links that are typed or pasted: one, several, or a text with links in it. */
export function AddLinks() {
  const { t } = useTranslation();
  const navigation = useNavigation();
  const opened = usePlace(navigation, ({ overlay }) => overlay === 'add-links');
  const close = (): void => navigation.setState({ overlay: null });
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('links.add')}
      size={520}
      classNames={{ title: styles.dialogTitle }}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <AddLinksForm />
    </Modal>
  );
}

function AddLinksForm() {
  const { t } = useTranslation();
  const navigation = useNavigation();
  const add = useAddLinks();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const empty = text.trim() === '';
  const submit = async (): Promise<void> => {
    if (empty) return;
    setBusy(true);
    // Going to the links closes the dialog; what was typed stays when something is wrong.
    await add(text);
    setBusy(false);
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Textarea
        data-autofocus
        label={t('links.field')}
        description={t('links.fieldHelp')}
        placeholder="https://open.qobuz.com/album/…"
        autosize
        minRows={4}
        maxRows={10}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit();
        }}
      />
      <div className={styles.formActions}>
        <Button variant="default" onClick={() => navigation.setState({ overlay: null })}>
          {t('app.cancel')}
        </Button>
        <Button type="submit" loading={busy} disabled={empty}>
          {t('links.addNow')}
        </Button>
      </div>
    </form>
  );
}
