import { Button, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VerifyFinding, VerifyView } from '../../../src-preload/contract/album-view.ts';
import { Bar } from '../../components/bar.tsx';
import { FaultNotice } from '../../components/fault-notice.tsx';
import { Notice } from '../../components/notice.tsx';
import { useFormats, useMirror, useSurroundings } from '../../context.ts';
import { syncObstacle } from '../../store/selectors.ts';
import { useCall } from '../../use-call.ts';
import styles from './verify.module.css';

/** How many findings stand there until somebody asks for all. */
const FEW = 4;
/** How many steps of a check are told to people who listen. */
const STEPS = 4;

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
  if (verify.state === 'running') return <Running verify={verify} />;
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

function Running({ verify }: { readonly verify: VerifyView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const cancel = useCall(bridge.cancelVerify);
  const share =
    verify.bytesTotal > 0
      ? verify.bytesDone / verify.bytesTotal
      : verify.filesTotal > 0
        ? verify.filesDone / verify.filesTotal
        : null;
  const parts = [
    t('verify.progress', {
      done: formats.count(verify.filesDone),
      total: formats.count(verify.filesTotal),
    }),
    verify.secondsLeft === null
      ? null
      : t('verify.left', { time: formats.span(verify.secondsLeft) }),
  ].filter((part) => part !== null);
  const told = share === null ? null : Math.floor(share * STEPS) / STEPS;
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
      <VisuallyHidden role="status">
        {`${t('verify.running')}${told === null ? '' : ` ${formats.percent(told)}`}`}
      </VisuallyHidden>
    </div>
  );
}

function Findings({ verify, onDismiss }: VerifyNoticeProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const blocked = useMirror((mirror) => syncObstacle(mirror) !== null);
  const sync = useCall(bridge.startSync);
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
          disabled={blocked}
          loading={sync.busy}
          onClick={() => {
            const albumIds = [...new Set(findings.map(({ albumId }) => albumId))];
            void sync.start({ albumIds });
          }}
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
