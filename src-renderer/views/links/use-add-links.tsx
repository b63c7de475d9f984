import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { settle, useNavigation, useSurroundings } from '../../context.ts';
import { goTo } from '../../navigation.ts';
import { MOST_TEXT } from './dropped.ts';

/** Hands a text to the engine and shows what comes of its links; true when that worked. */
export function useAddLinks(): (text: string) => Promise<boolean> {
  const { t } = useTranslation();
  const navigation = useNavigation();
  const { bridge, report } = useSurroundings();
  return useCallback(
    async (text) => {
      const reply = await settle(bridge.addLinks({ text: text.slice(0, MOST_TEXT) }));
      if (!reply.ok) {
        report(reply.error);
        return false;
      }
      if (reply.value === 0) {
        notifications.show({
          id: 'no-links',
          title: t('links.none.title'),
          message: t('links.none.text'),
          closeButtonProps: { 'aria-label': t('app.close') },
        });
        return false;
      }
      goTo(navigation, 'links');
      return true;
    },
    [bridge, navigation, report, t],
  );
}
