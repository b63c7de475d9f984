import { Button, VisuallyHidden } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { VerifyView } from '../../../src-preload/contract/album-view.ts';
import { Bar } from '../../components/bar.tsx';
import { useFormats, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import styles from './check.module.css';

/** How many steps of a check are told to people who listen. */
const STEPS = 4;

interface CheckProgressProps {
  readonly verify: VerifyView;
  /** Whether there is room for bytes and speed too. */
  readonly full?: boolean;
}

/** How far a check is, what is left, and the way to stop it. */
export function CheckProgress({ verify, full = false }: CheckProgressProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const cancel = useCall(bridge.cancelVerify);
  const { filesDone, filesTotal, bytesDone, bytesTotal, bytesPerSecond, secondsLeft } = verify;
  const share =
    bytesTotal > 0 ? bytesDone / bytesTotal : filesTotal > 0 ? filesDone / filesTotal : null;
  const parts = [
    t('verify.progress', { done: formats.count(filesDone), total: formats.count(filesTotal) }),
    ...(full
      ? [
          t('verify.bytes', { done: formats.bytes(bytesDone), total: formats.bytes(bytesTotal) }),
          bytesPerSecond === null ? null : formats.speed(bytesPerSecond),
        ]
      : []),
    secondsLeft === null ? null : t('verify.left', { time: formats.span(secondsLeft) }),
  ].filter((part) => part !== null);
  const told = share === null ? null : Math.floor(share * STEPS) / STEPS;
  const found = verify.findingsTotal;
  return (
    <div className={styles.running}>
      <div className={styles.line}>
        <IconShieldCheck className={styles.icon} size={20} stroke={1.75} aria-hidden="true" />
        <strong>{t('verify.running')}</strong>
        <span className={styles.facts}>{parts.join(' · ')}</span>
        <Button
          size="compact-sm"
          variant="default"
          loading={cancel.busy}
          onClick={() => void cancel.start()}
        >
          {t('verify.cancel')}
        </Button>
      </div>
      <Bar share={share} label={t('verify.bar')} />
      {full && found > 0 && (
        <p className={styles.soFar}>
          {t('care.check.soFar', { count: found, amount: formats.count(found) })}
        </p>
      )}
      <VisuallyHidden role="status">
        {`${t('verify.running')}${told === null ? '' : ` ${formats.percent(told)}`}`}
      </VisuallyHidden>
    </div>
  );
}
