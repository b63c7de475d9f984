import { Button, Modal, Radio } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdoptionView, AdoptionWay } from '../../../src-preload/contract/adoption.ts';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { useFormats, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import styles from './adopt.module.css';

type Way = AdoptionWay | 'use';

/** The ways there are, the gentlest first: in the library's own folder files may stay, elsewhere the folder may become it. */
export const waysFor = (place: AdoptionView['place']): readonly Way[] => {
  if (place === 'none') return ['use'];
  return place === 'outside' ? ['copy', 'move', 'use'] : ['leave', 'move'];
};

interface AdoptWaysProps {
  readonly adoption: AdoptionView;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** What happens with the ticked files, said before it does. */
export function AdoptWays({ adoption, opened, onClose }: AdoptWaysProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const ways = waysFor(adoption.place);
  const [chosenWay, setWay] = useState<Way | null>(null);
  const way = chosenWay !== null && ways.includes(chosenWay) ? chosenWay : (ways[0] ?? 'use');
  const adopt = useCall(bridge.adopt, 'keep');
  const steer = useCall(bridge.steerAdoption, 'keep');
  const { chosen } = adoption;
  const files = t('adopt.done.files', { count: chosen.files, amount: formats.count(chosen.files) });
  const albums = t('adopt.summary.albums', {
    count: chosen.albums,
    amount: formats.count(chosen.albums),
  });
  const start = async (): Promise<void> => {
    const begun =
      way === 'use' ? await steer.start({ turn: 'use-folder' }) : await adopt.start({ way });
    if (begun !== undefined) onClose();
  };
  const fault = adopt.fault ?? steer.fault;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('adopt.ways.title', { files })}
      size={560}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <div className={styles.ways}>
        <p className={styles.quiet}>
          {t('adopt.ways.lead', { files, albums, size: formats.bytes(chosen.bytes) })}
        </p>
        <Radio.Group
          aria-label={t('adopt.ways.label')}
          value={way}
          onChange={(value) => setWay(value as Way)}
        >
          <div className={styles.wayList}>
            {ways.map((each) => (
              <Radio
                key={each}
                value={each}
                label={t(`adopt.ways.${each}.title`)}
                classNames={{ description: styles.wayText }}
                description={t(`adopt.ways.${each}.text`)}
              />
            ))}
          </div>
        </Radio.Group>
        {fault !== null && <FaultNotice fault={fault} />}
        <p className={styles.quiet}>{t('adopt.ways.undo')}</p>
        <div className={styles.wayActions}>
          <Button variant="subtle" onClick={onClose}>
            {t('adopt.ways.back')}
          </Button>
          <Button loading={adopt.busy || steer.busy} onClick={() => void start()}>
            {t(way === 'use' ? 'adopt.ways.useAction' : 'adopt.ways.start')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
