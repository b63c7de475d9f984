import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import './styles/layers.css';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './styles/tokens.css';
import './styles/global.css';
import { resolveLanguage } from '../src-preload/contract/language.ts';
import { App } from './app.tsx';
import type { Outside } from './bridge.ts';
import { createI18n } from './i18n.ts';
import { createNavigation } from './navigation.ts';
import { styleNonce } from './nonce.ts';
import { openFeed } from './store/feed.ts';

/** Puts the window's views into an element, over the outside it is given. */
export function mount(element: HTMLElement, outside: Outside): void {
  const i18n = createI18n(resolveLanguage('system', navigator.languages));
  createRoot(element).render(
    <StrictMode>
      <I18nextProvider i18n={i18n}>
        <App
          outside={outside}
          feed={openFeed(outside.bridge)}
          navigation={createNavigation(window.location.hash)}
          nonce={styleNonce()}
        />
      </I18nextProvider>
    </StrictMode>,
  );
}
