import { Button, Loader, Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Setting } from './setting.tsx';
import styles from './settings.module.css';

type Packages = typeof import('../../../assets/third-party.json');

/** The software of others in the app, with the licence of each. */
export function Licences() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <Setting
      id="licences"
      control={
        <Button variant="default" onClick={() => setOpened(true)}>
          {t('settings.licences.open')}
        </Button>
      }
    >
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('settings.items.licences.name')}
        size={680}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <p className={styles.licencesHead}>{t('settings.licences.head')}</p>
        {opened && <LicenceList />}
      </Modal>
    </Setting>
  );
}

/** Read when it is looked at: a few hundred kilobytes that nobody needs otherwise. */
function LicenceList() {
  const { t } = useTranslation();
  const [packages, setPackages] = useState<Packages | 'failed' | null>(null);
  useEffect(() => {
    import('../../../assets/third-party.json').then(
      ({ default: read }) => setPackages(read),
      // A part of the app that is not there: the same list lies beside it as THIRD_PARTY_NOTICES.
      () => setPackages('failed'),
    );
  }, []);
  if (packages === null) return <Loader size="sm" aria-label={t('settings.licences.reading')} />;
  if (packages === 'failed') return <p role="alert">{t('settings.licences.failed')}</p>;
  return (
    <ul className={styles.licences}>
      {packages.map(({ name, version, licence, text }) => (
        <li key={`${name} ${version}`}>
          <details>
            <summary>
              <span className={styles.licenceName}>{name}</span> {version} · {licence}
            </summary>
            <pre className={styles.licenceText}>{text}</pre>
          </details>
        </li>
      ))}
    </ul>
  );
}
