import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { LinkView } from '../../../src-preload/contract/links.ts';
import { useFormats } from '../../context.ts';
import { useFault } from '../../use-fault.ts';

/** What came of a link, and what to do where there is something to do. */
export interface LinkWords {
  readonly sentence: string;
  readonly remedy: string | null;
}

/** Puts into words what came of a link. */
export function useLinkWords(): (link: LinkView) => LinkWords {
  const { t } = useTranslation();
  const formats = useFormats();
  const fault = useFault();
  return useCallback(
    (link: LinkView): LinkWords => {
      const said = (sentence: string): LinkWords => ({ sentence, remedy: null });
      const owned = { count: link.tracksOwned, amount: formats.count(link.tracksOwned) };
      switch (link.state) {
        case 'looking':
          return said(t('links.states.looking'));
        case 'queued':
          return link.kind === 'track'
            ? said(t('links.states.queuedTrack'))
            : said(t('links.states.queued', owned));
        case 'here':
          return link.kind === 'track'
            ? said(t('links.states.hereTrack'))
            : said(t('links.states.here', owned));
        case 'offer':
          return said(
            t('links.states.offer', {
              count: link.tracksTotal,
              owned: formats.count(link.tracksOwned),
              total: formats.count(link.tracksTotal),
            }),
          );
        case 'not-owned':
          return link.kind === null || link.kind === 'album' || link.kind === 'track'
            ? said(t('links.states.notOwned'))
            : said(t('links.states.noneOwned'));
        case 'invalid': {
          const problem = link.problem ?? 'not-a-link';
          return said(t(`links.problems.${problem}`));
        }
        case 'failed':
          return fault(link.error ?? { code: 'UNEXPECTED', params: { reason: '' } });
      }
    },
    [t, formats, fault],
  );
}
