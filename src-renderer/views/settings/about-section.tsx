import { Button, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ShellView } from '../../../src-preload/contract/background.ts';
import { LOG_LEVELS } from '../../../src-preload/contract/setting-values.ts';
import { useMirror, useNavigation, useSurroundings } from '../../context.ts';
import { isActive } from '../../store/selectors.ts';
import { useCall } from '../../use-call.ts';
import { Licences } from './licences.tsx';
import { Setting } from './setting.tsx';
import styles from './settings.module.css';
import { useDiagnostics } from './use-diagnostics.ts';
import { useSave } from './use-save.ts';

/** What Crateful is, and what helps when something is wrong with it. */
export function AboutSection({ shell }: { readonly shell: ShellView | null }) {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const navigation = useNavigation();
  const { settings, save } = useSave();
  const demo = useMirror((mirror) => mirror.app.demo);
  const running = useMirror(({ run }) => isActive(run));
  const openLog = useCall(bridge.openLogFolder);
  const enter = useCall(bridge.startDemo);
  const leave = useCall(bridge.leaveDemo);
  const diagnostics = useDiagnostics();
  return (
    <>
      <Version shell={shell} />
      <Setting
        id="logLevel"
        control={
          <Select
            className={styles.select}
            aria-label={t('settings.items.logLevel.name')}
            value={settings.logLevel}
            allowDeselect={false}
            withCheckIcon={false}
            data={LOG_LEVELS.map((value) => ({ value, label: t(`settings.logLevel.${value}`) }))}
            onChange={(value) => {
              const logLevel = LOG_LEVELS.find((one) => one === value);
              if (logLevel !== undefined) save({ logLevel });
            }}
          />
        }
      />
      <Setting
        id="logFolder"
        control={
          <Button variant="default" loading={openLog.busy} onClick={() => void openLog.start()}>
            {t('settings.logFolder.open')}
          </Button>
        }
      >
        {shell !== null && <p className={styles.path}>{shell.logFolder}</p>}
      </Setting>
      <Setting
        id="diagnostics"
        control={
          <Button variant="default" loading={diagnostics.busy} onClick={diagnostics.copy}>
            {t('settings.diagnostics.copy')}
          </Button>
        }
      />
      <Licences />
      <Setting
        id="setup"
        control={
          <Button variant="default" onClick={() => navigation.setState({ setupOpen: true })}>
            {t('settings.setup.open')}
          </Button>
        }
      />
      <Setting
        id="demo"
        control={
          demo ? (
            <Button variant="default" loading={leave.busy} onClick={() => void leave.start()}>
              {t('settings.demo.leave')}
            </Button>
          ) : (
            <Button
              variant="default"
              loading={enter.busy}
              disabled={running}
              onClick={() => void enter.start()}
            >
              {t('settings.demo.enter')}
            </Button>
          )
        }
      />
    </>
  );
}

/** Which Crateful this is, and where an update of it stands. */
function Version({ shell }: { readonly shell: ShellView | null }) {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const version = useMirror((mirror) => mirror.app.version);
  const install = useCall(bridge.installUpdate);
  const state = shell?.update.state ?? 'idle';
  return (
    <Setting
      id="version"
      control={
        state === 'ready' && (
          <Button loading={install.busy} onClick={() => void install.start()}>
            {t('settings.update.install')}
          </Button>
        )
      }
    >
      <p className={styles.state} role="status">
        {t('app.version', { version })}
        {' · '}
        {t(`settings.update.${state}`, { version: shell?.update.version ?? '' })}
      </p>
    </Setting>
  );
}
