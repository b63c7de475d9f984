import {
  IconArrowBackUp,
  IconDots,
  IconFolderOpen,
  IconPlayerPause,
  IconPlayerPlay,
  IconRotate,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { JobView } from '../../../src-preload/contract/views.ts';
import { useSurroundings } from '../../context.ts';
import { actionIds } from '../../store/queue-rows.ts';
import { useCall } from '../../use-call.ts';
import styles from './queue.module.css';
import { RowButton } from './row-button.tsx';
import { useQueueActions } from './use-queue-actions.tsx';

/** Of what a person can do with a row, that which has a button of its own, the most likely first. */
const AT_HAND = ['pause', 'resume', 'retry', 'restore'] as const;

const ICONS = {
  pause: IconPlayerPause,
  resume: IconPlayerPlay,
  retry: IconRotate,
  restore: IconArrowBackUp,
} as const;

interface RowActionsProps {
  /** The jobs of the row: one, or an album's. */
  readonly jobs: readonly JobView[];
  readonly title: string;
  /** Whether the row's buttons can be reached with Tab. */
  readonly tabbable: boolean;
  readonly onMenu: (anchor: HTMLElement) => void;
}

/** The buttons at the end of a row: the likeliest action, and a menu with all of them. */
export function RowActions({ jobs, title, tabbable, onMenu }: RowActionsProps) {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const act = useQueueActions();
  const show = useCall(bridge.showInFolder);
  const action = AT_HAND.find((each) => actionIds(jobs, each).length > 0);
  const Icon = action === undefined ? null : ICONS[action];
  const [only] = jobs;
  return (
    <div className={styles.rowActions}>
      {action !== undefined && Icon !== null && (
        <RowButton
          label={t(`queue.actionOn.${action}`, { title })}
          hint={t(`queue.actions.${action}`)}
          tabbable={tabbable}
          onPress={() => void act(action, jobs)}
        >
          <Icon size={16} stroke={1.75} aria-hidden="true" />
        </RowButton>
      )}
      {jobs.length === 1 && only?.state === 'done' && (
        <RowButton
          label={t('queue.showOne', { title })}
          hint={t('app.showInFolder')}
          tabbable={tabbable}
          onPress={() => void show.start({ jobId: only.id })}
        >
          <IconFolderOpen size={16} stroke={1.75} aria-hidden="true" />
        </RowButton>
      )}
      <RowButton
        label={t('queue.menuOf', { title })}
        hint={t('queue.menu')}
        tabbable={tabbable}
        opensMenu
        onPress={onMenu}
      >
        <IconDots size={16} stroke={1.75} aria-hidden="true" />
      </RowButton>
    </div>
  );
}
