import { Button, Menu } from '@mantine/core';
import { IconWaveSine } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AlbumView } from '../../../src-preload/contract/album-view.ts';
import { formatName } from '../../../src-preload/contract/formats.ts';
import type { AlbumSummary } from '../../../src-preload/contract/views.ts';
import { useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import styles from './album.module.css';

/** Stands for no format of its own. */
const FOLLOW = 'preference';

interface FormatMenuProps {
  readonly summary: AlbumSummary;
  readonly album: AlbumView;
  readonly disabled: boolean;
}

/** The formats this album may be fetched in; the one that holds for it is ticked. */
export function FormatMenu({ summary, album, disabled }: FormatMenuProps) {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const fetch = useCall(bridge.fetchInFormat);
  const choose = (value: string): void => {
    const formatId = value === FOLLOW ? null : Number(value);
    void fetch.start({ albumId: album.id, formatId });
  };
  return (
    <Menu position="bottom-start" withinPortal shadow="md">
      <Menu.Target>
        <Button
          size="sm"
          variant="default"
          leftSection={<IconWaveSine size={16} stroke={1.75} />}
          loading={fetch.busy}
        >
          {t('album.format')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('album.format')}>
        <Menu.RadioGroup
          value={album.chosenFormatId === null ? FOLLOW : String(album.chosenFormatId)}
          onChange={choose}
        >
          <Menu.RadioItem value={FOLLOW} disabled={disabled} closeMenuOnClick>
            {t('album.followPreference')}
          </Menu.RadioItem>
          {album.entitledFormatIds.map((id) => (
            <Menu.RadioItem
              key={id}
              value={String(id)}
              disabled={disabled}
              closeMenuOnClick
              rightSection={
                summary.servedFormatIds.includes(id) && (
                  <span className={styles.onDisk}>{t('album.formatOnDisk')}</span>
                )
              }
            >
              {formatName(id)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
