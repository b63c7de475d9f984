import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorView } from '../src-preload/contract/error-codes.ts';
import { faultDetail, restrictionKey } from '../src-preload/contract/fault-detail.ts';
import { useFormats } from './context.ts';
import { sentencesOf } from './i18n.ts';

/** A fault in words: what happened (with what is known about it), and what to do. */
export interface FaultWords {
  readonly sentence: string;
  readonly remedy: string;
}

/** Puts restriction codes of the service into words; unknown ones are named as they are (qobuz-api §5.5). */
export function useRestriction(): (code: string) => string | null {
  const { t, i18n } = useTranslation();
  return useCallback(
    (code: string) => {
      const key = restrictionKey(code, sentencesOf(i18n).restrictions);
      return key === null ? null : t(`restrictions.${key}`, { restriction: code });
    },
    [t, i18n],
  );
}

/** Puts faults into words (architecture §6). */
export function useFault(): (fault: ErrorView) => FaultWords {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const restriction = useRestriction();
  return useCallback(
    (fault: ErrorView) => {
      const given = fault.params.restriction;
      const parts = [
        t(`errors.${fault.code}.sentence`),
        faultDetail(sentencesOf(i18n).errors[fault.code], fault.params, formats),
        typeof given === 'string' ? restriction(given) : null,
      ];
      return {
        sentence: parts.filter((part) => part !== null).join(' '),
        remedy: t(`errors.${fault.code}.remedy`),
      };
    },
    [t, i18n, formats, restriction],
  );
}
