import { Button, Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RearrangePreview } from '../../../src-preload/contract/steps.ts';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { StepNotice } from '../../components/step-notice.tsx';
import { settle, useFormats, useMirror, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import styles from './rearrange.module.css';

/** Offers to move the albums that are there to where a changed naming template puts them, and shows how that goes. */
export function RearrangeOffer() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const template = useMirror((mirror) => mirror.settings.namingTemplate);
  const state = useMirror((mirror) => mirror.step?.state ?? null);
  const [preview, setPreview] = useState<RearrangePreview | null>(null);
  const [opened, setOpened] = useState(false);
  const move = useCall(bridge.rearrange, 'keep');
  // biome-ignore lint/correctness/useExhaustiveDependencies: another template, or a step that ended, changes the answer.
  useEffect(() => {
    let current = true;
    setPreview(null);
    // Without a folder, or while files are on their way, there is nothing to offer; pressing it would name the fault.
    void settle(bridge.previewRearrange()).then((reply) => {
      if (current && reply.ok) setPreview(reply.value);
    });
    return () => {
      current = false;
    };
  }, [bridge, template, state]);
  if (state === 'running') return <StepNotice />;
  const begin = async (): Promise<void> => {
    if ((await move.start()) === null) setOpened(false);
  };
  return (
    <>
      {state !== null && <StepNotice />}
      {preview !== null && preview.files > 0 && (
        <div className={styles.offer} role="status">
          <p>{t('rearrange.offer', albumWords(preview, formats))}</p>
          <Button variant="default" size="compact-sm" onClick={() => setOpened(true)}>
            {t('rearrange.open')}
          </Button>
        </div>
      )}
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('rearrange.title')}
        size={680}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        {preview !== null && <Plan preview={preview} />}
        {move.fault !== null && <FaultNotice fault={move.fault} />}
        <div className={styles.buttons}>
          <Button variant="default" onClick={() => setOpened(false)}>
            {t('app.cancel')}
          </Button>
          <Button loading={move.busy} onClick={() => void begin()}>
            {t('rearrange.move')}
          </Button>
        </div>
      </Modal>
    </>
  );
}

const albumWords = (preview: RearrangePreview, formats: ReturnType<typeof useFormats>) => ({
  count: preview.albums,
  amount: formats.count(preview.albums),
  files: formats.count(preview.files),
});

function Plan({ preview }: { readonly preview: RearrangePreview }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <div className={styles.plan}>
      <p>{t('rearrange.what', albumWords(preview, formats))}</p>
      <p className={styles.text}>{t('rearrange.how')}</p>
      <ul className={styles.examples}>
        {preview.examples.map(({ before, after }) => (
          <li key={before} className={styles.example}>
            <span className={styles.before}>{before}</span>
            <span>{`→ ${after}`}</span>
          </li>
        ))}
      </ul>
      {preview.lists.length > 0 && (
        <p className={styles.text}>
          {t('rearrange.lists', {
            count: preview.lists.length,
            amount: formats.count(preview.lists.length),
          })}
        </p>
      )}
      {preview.keepsTotal > 0 && (
        <>
          <p>
            {t('rearrange.keeps', {
              count: preview.keepsTotal,
              amount: formats.count(preview.keepsTotal),
            })}
          </p>
          <ul className={styles.examples}>
            {preview.keeps.map(({ what, reason }) => (
              <li key={`${what}/${reason}`} className={styles.keep}>
                {what}
                <span className={styles.text}>{t(`rearrange.reasons.${reason}`)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
