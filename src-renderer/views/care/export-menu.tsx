import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconChevronDown, IconFileExport, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import {
  EXPORT_KINDS,
  type ExportCounts,
  type ExportKind,
} from '../../../src-preload/contract/receipts.ts';
import { useFormats, useSurroundings } from '../../context.ts';
import { useCall } from '../../use-call.ts';

/** Writes the receipts of the library into a file of one's own, for other tools. */
export function ExportMenu({ disabled }: { readonly disabled: boolean }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { bridge } = useSurroundings();
  const receipts = useCall(bridge.exportReceipts);
  const cancel = useCall(bridge.cancelExport);

  const tell = (counts: ExportCounts): void => {
    const count = Object.values(counts).reduce((sum, each) => sum + each, 0);
    const lost = counts.missing + counts.damaged;
    notifications.show({
      id: 'receipts',
      title: t('care.export.done', { count, amount: formats.count(count) }),
      message:
        lost === 0
          ? t('care.export.whole')
          : t('care.export.lost', { count: lost, amount: formats.count(lost) }),
      closeButtonProps: { 'aria-label': t('app.close') },
    });
  };
  const write = async (kind: ExportKind): Promise<void> => {
    const counts = await receipts.start({ kind });
    if (counts) tell(counts);
  };

  if (receipts.busy) {
    return (
      <Button
        variant="default"
        leftSection={<IconX size={18} stroke={1.75} />}
        loading={cancel.busy}
        onClick={() => void cancel.start()}
      >
        {t('care.export.cancel')}
      </Button>
    );
  }
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button
          variant="default"
          disabled={disabled}
          leftSection={<IconFileExport size={18} stroke={1.75} />}
          rightSection={<IconChevronDown size={16} stroke={1.75} />}
        >
          {t('care.export.menu')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {EXPORT_KINDS.map((kind) => (
          <Menu.Item key={kind} onClick={() => void write(kind)}>
            {t(`care.export.kinds.${kind}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
