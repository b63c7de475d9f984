import { Menu } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowBarToUp,
  IconFolderOpen,
  IconInfoCircle,
  IconPlayerPause,
  IconPlayerPlay,
  IconRotate,
  IconVinyl,
  IconX,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { JobView } from '../../../src-preload/contract/views.ts';
import { useNavigation, useSurroundings } from '../../context.ts';
import { openAlbum } from '../../navigation.ts';
import { actionIds, QUEUE_ACTIONS, type QueueAction } from '../../store/queue-rows.ts';
import { useCall } from '../../use-call.ts';
import styles from './queue.module.css';
import { useQueueActions } from './use-queue-actions.tsx';

const ICONS: Readonly<Record<QueueAction, typeof IconX>> = {
  resume: IconPlayerPlay,
  pause: IconPlayerPause,
  retry: IconRotate,
  restore: IconArrowBackUp,
  top: IconArrowBarToUp,
  cancel: IconX,
};

/** Where the menu of a row opens, and for what. */
export interface OpenMenu {
  readonly title: string;
  readonly jobs: readonly JobView[];
  readonly of: 'album' | 'job';
  /** In pixels of the window. */
  readonly at: Pick<DOMRect, 'left' | 'top' | 'width' | 'height'>;
}

interface RowMenuProps {
  readonly menu: OpenMenu | null;
  readonly onClose: () => void;
  /** Unfolds or folds the details of a job. */
  readonly onDetails: (job: JobView) => void;
}

/** The one menu of the queue; it opens where a row asks for it. */
export function RowMenu({ menu, onClose, onDetails }: RowMenuProps) {
  const { t } = useTranslation();
  const navigation = useNavigation();
  const { bridge } = useSurroundings();
  const act = useQueueActions();
  const show = useCall(bridge.showInFolder);
  if (menu === null) return null;
  const [first] = menu.jobs;
  if (first === undefined) return null;
  return (
    <Menu
      opened
      onClose={onClose}
      position="bottom-end"
      width={220}
      shadow="md"
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <button
          type="button"
          className={styles.menuAnchor}
          tabIndex={-1}
          aria-label={t('queue.menuOf', { title: menu.title })}
          style={{ ...menu.at }}
        />
      </Menu.Target>
      <Menu.Dropdown>
        {QUEUE_ACTIONS.filter((action) => actionIds(menu.jobs, action).length > 0).map((action) => {
          const Icon = ICONS[action];
          return (
            <Menu.Item
              key={action}
              leftSection={<Icon size={16} stroke={1.75} />}
              onClick={() => void act(action, menu.jobs)}
            >
              {t(`queue.actions.${action}`)}
            </Menu.Item>
          );
        })}
        {menu.of === 'job' && (
          <Menu.Item
            leftSection={<IconInfoCircle size={16} stroke={1.75} />}
            onClick={() => onDetails(first)}
          >
            {t('queue.details.title')}
          </Menu.Item>
        )}
        {menu.jobs.some(({ state }) => state === 'done') && (
          <Menu.Item
            leftSection={<IconFolderOpen size={16} stroke={1.75} />}
            onClick={() =>
              void show.start(menu.of === 'job' ? { jobId: first.id } : { albumId: first.albumId })
            }
          >
            {t('app.showInFolder')}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconVinyl size={16} stroke={1.75} />}
          onClick={() => openAlbum(navigation, first.albumId)}
        >
          {t('queue.openAlbum')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
