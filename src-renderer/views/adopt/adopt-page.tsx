import { Button } from '@mantine/core';
import { IconFolderSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { useMirror, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import { RoomHead } from '../care/room-head.tsx';
import styles from './adopt.module.css';
import { AdoptOutcome } from './adopt-outcome.tsx';
import { AdoptReview } from './adopt-review.tsx';
import { AdoptStart } from './adopt-start.tsx';
import { AdoptWork } from './adopt-work.tsx';

/** Takes over music that was there before: a folder is chosen, looked through, reviewed, taken over. */
export function AdoptPage() {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const adoption = useMirror((mirror) => mirror.adoption);
  const pick = useCall(bridge.pickAdoptionFolder);
  const steer = useCall(bridge.steerAdoption);
  const isStill =
    adoption !== null && ['review', 'done', 'undone', 'failed'].includes(adoption.state);
  const hasReview = adoption !== null && Object.values(adoption.counts).some((count) => count > 0);
  return (
    <>
      <RoomHead room="adopt">
        {isStill && (
          <Button
            variant="default"
            leftSection={<IconFolderSearch size={18} stroke={1.75} />}
            loading={pick.busy}
            onClick={() => void pick.start()}
          >
            {t('adopt.another')}
          </Button>
        )}
      </RoomHead>
      {adoption !== null && (
        <p className={styles.folder}>
          <span className={styles.folderName}>{t('adopt.folder')}</span>
          <span className={styles.path}>{adoption.folder}</span>
        </p>
      )}
      {adoption === null && <AdoptStart pick={pick} />}
      {adoption?.state === 'failed' && adoption.error !== null && (
        <div className={styles.block}>
          <FaultNotice fault={adoption.error}>
            <Button
              size="compact-sm"
              loading={steer.busy}
              onClick={() => void steer.start({ turn: hasReview ? 'review' : 'dismiss' })}
            >
              {t(hasReview ? 'adopt.retry' : 'app.close')}
            </Button>
          </FaultNotice>
        </div>
      )}
      {adoption?.state === 'review' && <AdoptReview adoption={adoption} />}
      {(adoption?.state === 'done' || adoption?.state === 'undone') && (
        <AdoptOutcome adoption={adoption} />
      )}
      {adoption !== null && !isStill && <AdoptWork adoption={adoption} />}
    </>
  );
}
