import { Button } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../components/notice.tsx';
import { useNavigation, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';

/** Offers to take the first steps up again where they were left. */
export function SetupBanner() {
  const { t } = useTranslation();
  const { bridge } = useSurroundings();
  const navigation = useNavigation();
  const update = useCall(bridge.updateSettings);
  return (
    <Notice
      tone="quiet"
      icon={<IconListCheck size={20} stroke={1.75} />}
      title={t('setup.unfinished')}
      actions={
        <>
          <Button size="compact-sm" onClick={() => navigation.setState({ setupOpen: true })}>
            {t('setup.goOn')}
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            loading={update.busy}
            onClick={() => void update.start({ setupStep: 'done' })}
          >
            {t('setup.dismiss')}
          </Button>
        </>
      }
    />
  );
}
