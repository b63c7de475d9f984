import { type MantineColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { useLayoutEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { createFormats } from '../src-preload/contract/format.ts';
import { resolveLanguage } from '../src-preload/contract/language.ts';
import type { Outside } from './bridge.ts';
import { type Surroundings, SurroundingsContext } from './context.ts';
import { Gate } from './gate.tsx';
import { numberLocale } from './i18n.ts';
import type { Navigation } from './navigation.ts';
import { createReports, Reports } from './reports.tsx';
import type { Feed } from './store/feed.ts';
import { cssVariablesResolver, theme } from './theme.ts';
import { useKeptFocus } from './use-kept-focus.ts';

/** The theme is a setting of the engine; nothing about it is kept in the page. */
const schemeManager: MantineColorSchemeManager = {
  get: () => 'auto',
  set: () => {},
  subscribe: () => {},
  unsubscribe: () => {},
  clear: () => {},
};

interface AppProps {
  readonly outside: Outside;
  readonly feed: Feed;
  readonly navigation: Navigation;
  readonly nonce: string | undefined;
}

/** The whole window: theme, surroundings, and the page that fits what the engine says. */
export function App({ outside, feed, navigation, nonce }: AppProps) {
  const scheme = useStore(feed.store, ({ mirror }) => mirror?.settings.theme ?? 'system');
  const language = useLanguage(feed);
  const formats = useMemo(
    () => createFormats(numberLocale(language, navigator.languages)),
    [language],
  );
  const reports = useMemo(createReports, []);
  useKeptFocus();
  const surroundings = useMemo<Surroundings>(
    () => ({
      ...outside,
      feed,
      formats,
      navigation,
      report: reports.send,
    }),
    [outside, feed, formats, navigation, reports],
  );
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      colorSchemeManager={schemeManager}
      defaultColorScheme="auto"
      {...(scheme !== 'system' && { forceColorScheme: scheme })}
      {...(nonce !== undefined && { getStyleNonce: () => nonce })}
    >
      <SurroundingsContext value={surroundings}>
        <Notifications
          position="bottom-right"
          limit={3}
          autoClose={9000}
          style={{ marginBottom: 'var(--player-height)' }}
        />
        <Reports reports={reports} />
        <Gate />
      </SurroundingsContext>
    </MantineProvider>
  );
}

/** Speaks the language that is set, from the moment it is set. */
function useLanguage(feed: Feed): string {
  const { i18n } = useTranslation();
  const setting = useStore(feed.store, ({ mirror }) => mirror?.settings.language ?? 'system');
  const language = resolveLanguage(setting, navigator.languages);
  useLayoutEffect(() => {
    document.documentElement.lang = language;
    void i18n.changeLanguage(language);
  }, [i18n, language]);
  return language;
}
