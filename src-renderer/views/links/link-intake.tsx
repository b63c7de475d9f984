import { notifications } from '@mantine/notifications';
import { IconLink } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../context.ts';
import { AddLinks } from './add-links.tsx';
import { mayHoldLinks, readDrop } from './dropped.ts';
import styles from './links.module.css';
import { hasQobuzLink } from './qobuz-text.ts';
import { useAddLinks } from './use-add-links.tsx';

/** Browsers tell of a drag many times a second, even one that holds still; silence means that it is over. */
const SILENCE_MS = 700;

/** Where links come in, whatever page is open: pasted, dropped on the window, or typed. */
export function LinkIntake() {
  useLinkPaste();
  const dragged = useLinkDrop();
  const { t } = useTranslation();
  return (
    <>
      <AddLinks />
      {dragged && (
        <div className={styles.dropZone}>
          <div className={styles.dropWords}>
            <IconLink size={40} stroke={1.4} aria-hidden="true" />
            <p className={styles.dropTitle}>{t('links.drop.title')}</p>
            <p>{t('links.drop.text')}</p>
          </div>
        </div>
      )}
    </>
  );
}

const isEditable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input, textarea, select') !== null);

/** Takes a paste outside of fields when it holds something like a Qobuz link; any other is left alone. */
function useLinkPaste(): void {
  const add = useAddLinks();
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      if (event.defaultPrevented || isEditable(event.target)) return;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (!hasQobuzLink(text)) return;
      event.preventDefault();
      void add(text);
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, [add]);
}

/** Takes drops on the window; true while something that may hold a link is dragged over it. */
function useLinkDrop(): boolean {
  const { t } = useTranslation();
  const formats = useFormats();
  const add = useAddLinks();
  const [dragged, setDragged] = useState(false);
  useEffect(() => {
    let silence: ReturnType<typeof setTimeout> | undefined;
    /** Whether the drag began in this window: selected text, say, is not meant for us. */
    let own = false;
    const end = (): void => {
      clearTimeout(silence);
      setDragged(false);
    };
    const onStart = (): void => {
      own = true;
    };
    const onEnd = (): void => {
      own = false;
      end();
    };
    const onOver = (event: DragEvent): void => {
      // Without this the window would go to what is dropped.
      event.preventDefault();
      const { dataTransfer } = event;
      if (own || dataTransfer === null || !mayHoldLinks(dataTransfer.types)) return;
      dataTransfer.dropEffect = 'copy';
      setDragged(true);
      clearTimeout(silence);
      silence = setTimeout(end, SILENCE_MS);
    };
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) end();
    };
    const onDrop = (event: DragEvent): void => {
      event.preventDefault();
      end();
      if (own || event.dataTransfer === null) return;
      void readDrop(event.dataTransfer).then((dropped) => {
        if ('text' in dropped) return void add(dropped.text);
        const files = 'files' in dropped ? dropped.files : [];
        const [name = ''] = files;
        notifications.show({
          id: 'no-links',
          title:
            files.length === 0
              ? t('links.none.title')
              : t('links.drop.files', {
                  count: files.length,
                  name,
                  amount: formats.count(files.length),
                }),
          message: files.length === 0 ? t('links.none.text') : t('links.drop.filesText'),
          closeButtonProps: { 'aria-label': t('app.close') },
        });
      });
    };
    const listeners = {
      dragstart: onStart,
      dragend: onEnd,
      dragenter: onOver,
      dragover: onOver,
      dragleave: onLeave,
      drop: onDrop,
    } as const;
    for (const [name, listener] of Object.entries(listeners)) {
      window.addEventListener(name, listener as EventListener);
    }
    return () => {
      clearTimeout(silence);
      for (const [name, listener] of Object.entries(listeners)) {
        window.removeEventListener(name, listener as EventListener);
      }
    };
  }, [add, t, formats]);
  return dragged;
}
