import { Button, VisuallyHidden } from '@mantine/core';
import { IconLink, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../components/empty.tsx';
import { useFormats, useMirror, useNavigation, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import { LinkCard } from './link-card.tsx';
import styles from './links.module.css';

/** What came of every link that was dropped, pasted, typed or handed over, newest first. */
export function LinksPage() {
  const { t } = useTranslation();
  const formats = useFormats();
  const navigation = useNavigation();
  const { bridge } = useSurroundings();
  const links = useMirror((mirror) => mirror.links);
  const dismiss = useCall(bridge.dismissLinks);
  const add = (): void => navigation.setState({ overlay: 'add-links' });
  const looking = links.filter(({ state }) => state === 'looking').length;

  if (links.length === 0) {
    return (
      <Empty
        page
        icon={<IconLink size={32} stroke={1.5} />}
        title={t('links.empty.title')}
        text={t('links.empty.text')}
      >
        <Button leftSection={<IconPlus size={18} stroke={1.75} />} onClick={add}>
          {t('links.add')}
        </Button>
      </Empty>
    );
  }
  const amount = { count: links.length, amount: formats.count(links.length) };
  return (
    <>
      <div className={styles.head}>
        <h1 className={styles.title}>{t('links.title')}</h1>
        <div className={styles.headActions}>
          <Button leftSection={<IconPlus size={18} stroke={1.75} />} onClick={add}>
            {t('links.add')}
          </Button>
          <Button
            variant="default"
            loading={dismiss.busy}
            onClick={() => void dismiss.start({ linkIds: links.map(({ id }) => id) })}
          >
            {t('links.dismissAll')}
          </Button>
        </div>
      </div>
      <VisuallyHidden role="status">
        {looking > 0
          ? t('links.looking', { count: looking, amount: formats.count(looking) })
          : t('links.known', amount)}
      </VisuallyHidden>
      <ul className={styles.list}>
        {links.map((link) => (
          <LinkCard key={link.id} link={link} />
        ))}
      </ul>
    </>
  );
}
