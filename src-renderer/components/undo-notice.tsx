import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

interface Undoable {
  /** One notice of a kind stands at a time. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly undo: () => void;
}

/** Says what was just done and offers to take it back, for actions that need no question beforehand. */
export function useUndoNotice(): (done: Undoable) => void {
  const { t } = useTranslation();
  return useCallback(
    ({ id, title, text, undo }: Undoable) => {
      notifications.hide(id);
      notifications.show({
        id,
        title,
        message: (
          <>
            {text}{' '}
            <Button
              variant="light"
              size="compact-sm"
              display="block"
              mt={8}
              onClick={() => {
                notifications.hide(id);
                undo();
              }}
            >
              {t('app.undo')}
            </Button>
          </>
        ),
        withCloseButton: true,
        closeButtonProps: { 'aria-label': t('app.close') },
      });
    },
    [t],
  );
}
