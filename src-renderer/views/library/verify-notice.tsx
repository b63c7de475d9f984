import { Button } from '@mantine/core';
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VerifyFinding, VerifyView } from '../../../src-preload/contract/album-view.ts';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { Notice } from '../../components/notice.tsx';
import { useFormats } from '../../context.ts';
import { CheckProgress } from '../care/check-progress.tsx';
import { useFetchAgain } from '../care/use-fetch-again.ts';
import styles from './verify.module.css';

/** How many findings stand there until somebody asks for all. */
const FEW = 4;

interface VerifyNoticeProps {
  readonly verify: VerifyView;
  readonly onDismiss: () => void;
}

/** A check of files against what was proven when they were saved: how far it is, or what it found. */
export function VerifyNotice({ verify, onDismiss }: VerifyNoticeProps) {
  const { t } = useTranslation();
  const dismiss = (
    <Button size="compact-sm" variant="subtle" onClick={onDismiss}>
      {t('verify.dismiss')}
    </Button>
  );
  if (verify.state === 'running') return <CheckProgress verify={verify} />;
  if (verify.error !== null) return <FaultNotice fault={verify.error}>{dismiss}</FaultNotice>;
  if (verify.findings.length > 0) return <Findings verify={verify} onDismiss={onDismiss} />;
  return (
    <Notice
      tone="quiet"
      role="status"
      icon={<IconShieldCheck size={20} stroke={1.75} />}
      title={<Outcome verify={verify} />}
      actions={dismiss}
    >
      {verify.state === 'cancelled' ? t('verify.cancelled') : undefined}
    </Notice>
  );
}

function Outcome({ verify }: { readonly verify: VerifyView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const words = { count: verify.filesDone, amount: formats.count(verify.filesDone) };
  if (verify.state === 'cancelled') return t('verify.cancelledText', words);
  return verify.filesTotal === 0 ? t('verify.nothing') : t('verify.fine', words);
}

function Findings({ verify, onDismiss }: VerifyNoticeProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const again = useFetchAgain();
  const [all, setAll] = useState(false);
  const { findings } = verify;
  const shown = all ? findings : findings.slice(0, FEW);
  const count = verify.findingsTotal;
  const single = new Set(findings.map(({ albumId }) => albumId)).size === 1;
  return (
    <div className={styles.findings} role="alert">
      <div className={styles.line}>
        <IconAlertTriangle className={styles.icon} size={20} stroke={1.75} aria-hidden="true" />
        <strong>{t('verify.found', { count, amount: formats.count(count) })}</strong>
        <span className={styles.spring} />
        <Button
          size="compact-sm"
          disabled={again.obstacle !== null}
          loading={again.busy}
          onClick={() => again.start(verify)}
        >
          {t('verify.again')}
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={onDismiss}>
          {t('verify.dismiss')}
        </Button>
      </div>
      <ul className={styles.list}>
        {shown.map((finding) => (
          <Finding key={finding.path} finding={finding} single={single} />
        ))}
      </ul>
      {count > FEW && (
        <Button
          size="compact-sm"
          variant="subtle"
          className={styles.more}
          aria-expanded={all}
          onClick={() => setAll(!all)}
        >
          {all
            ? t('verify.less')
            : t('verify.more', { count: count - FEW, amount: formats.count(count - FEW) })}
        </Button>
      )}
    </div>
  );
}

interface FindingProps {
  readonly finding: VerifyFinding;
  /** Whether all findings are of one album, whose name then need not be said. */
  readonly single: boolean;
}

function Finding({ finding, single }: FindingProps) {
  const { t } = useTranslation();
  return (
    <li className={styles.finding} title={finding.path}>
      <span>
        {finding.title}
        {!single && <span className={styles.of}> · {finding.albumTitle}</span>}
      </span>
      <span className={styles.problem}>{t(`verify.problems.${finding.problem}`)}</span>
    </li>
  );
}
