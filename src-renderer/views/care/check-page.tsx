import { Button } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMirror, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';
import { useVerifyNotice } from '../library/use-verify-notice.ts';
import { VerifyNotice } from '../library/verify-notice.tsx';
import { RoomHead } from './room-head.tsx';

/** Checks every file of the library against what was proven when it was saved. */
export function CheckPage() {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const verify = useCall(bridge.verifyAlbums);
  const [shown, dismiss] = useVerifyNotice();
  const running = useMirror((mirror) => mirror.verify?.state === 'running');
  const nothing = useMirror(({ albums }) =>
    [...albums.values()].every(({ tracksDone }) => tracksDone === 0),
  );
  return (
    <>
      <RoomHead room="check">
        <Button
          leftSection={<IconShieldCheck size={18} stroke={1.75} />}
          disabled={nothing || running}
          loading={verify.busy}
          onClick={() => void verify.start({ albumIds: null })}
        >
          {t('care.check.everything')}
        </Button>
      </RoomHead>
      {shown !== null && <VerifyNotice verify={shown} onDismiss={dismiss} />}
    </>
  );
}
