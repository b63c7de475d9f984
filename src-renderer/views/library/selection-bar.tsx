import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconCircleOff, IconRefresh, IconShieldCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AlbumSummary } from '../../../src-preload/contract/views.ts';
import { useFormats, useMirror, useSurroundings } from '../../context.ts';
import { syncObstacle } from '../../store/selectors.ts';
import { useCall } from '../../use-call.ts';
import { useSkip } from '../../use-skip.ts';
import styles from './library.module.css';

interface SelectionBarProps {
  readonly albums: readonly AlbumSummary[];
  readonly onClear: () => void;
}

/** What can be done with many albums at once. What was asked for ends the selection. */
export function SelectionBar({ albums, onClear }: SelectionBarProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const obstacle = useMirror(syncObstacle);
  const verifying = useMirror((mirror) => mirror.verify?.state === 'running');
  const sync = useCall(bridge.startSync);
  const verify = useCall(bridge.verifyAlbums);
  const skip = useSkip();
  const albumIds = albums.map(({ id }) => id);
  const bytes = albums.reduce((sum, album) => sum + album.bytes, 0);
  const skipped = albums.filter(({ status }) => status === 'skipped').length;
  const all = skipped === albums.length;
  return (
    <section className={styles.selection} aria-label={t('library.select.label')}>
      <p className={styles.selected} role="status">
        <strong>
          {t('library.select.count', {
            count: albums.length,
            amount: formats.count(albums.length),
          })}
        </strong>
        {bytes > 0 && <span className={styles.selectedSize}>{formats.bytes(bytes)}</span>}
      </p>
      <div className={styles.selectionActions}>
        <Button
          size="sm"
          leftSection={<IconRefresh size={16} stroke={1.9} />}
          disabled={obstacle !== null || all}
          onClick={() => {
            void sync.start({ albumIds });
            onClear();
          }}
        >
          {t('library.select.sync')}
        </Button>
        <Button
          size="sm"
          variant="default"
          leftSection={<IconCircleOff size={16} stroke={1.9} />}
          onClick={() => {
            skip(albums, !all);
            onClear();
          }}
        >
          {all ? t('library.select.unskip') : t('library.select.skip')}
        </Button>
        <Button
          size="sm"
          variant="default"
          leftSection={<IconShieldCheck size={16} stroke={1.9} />}
          disabled={verifying || albums.every(({ tracksDone }) => tracksDone === 0)}
          onClick={() => {
            void verify.start({ albumIds });
            onClear();
          }}
        >
          {t('library.select.verify')}
        </Button>
        <Tooltip label={t('library.select.clear')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={34}
            aria-label={t('library.select.clear')}
            onClick={onClear}
          >
            <IconX size={17} stroke={2} />
          </ActionIcon>
        </Tooltip>
      </div>
    </section>
  );
}
