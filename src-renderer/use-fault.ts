import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import en from '../assets/locales/en.json';
import type { ErrorView } from '../src-preload/contract/error-codes.ts';
import { faultDetail, restrictionKey } from '../src-preload/contract/fault-detail.ts';
import { useFormats } from './context.ts';

/** A fault in words: what happened (with what is known about it), and what to do. */
export interface FaultWords {
  readonly sentence: string;
  readonly remedy: string;
}

/** Puts restriction codes of the service into words; unknown ones are named as they are (qobuz-api §5.5). */
export function useRestriction(): (code: string) => string | null {
  const { t } = useTranslation();
  return useCallback(
    (code: string) => {
      const key = restrictionKey(code, en.restrictions);
      return key === null ? null : t(`restrictions.${key}`, { restriction: code });
    },
    [t],
  );
}

/** Puts faults into words (architecture §6). */
export function useFault(): (fault: ErrorView) => FaultWords {
  const { t } = useTranslation();
  const formats = useFormats();
  const restriction = useRestriction();
  return useCallback(
    (fault: ErrorView) => {
      const given = fault.params.restriction;
      const parts = [
        t(`errors.${fault.code}.sentence`),
        faultDetail(en.errors[fault.code], fault.params, formats),
        typeof given === 'string' ? restriction(given) : null,
      ];
      return {
        sentence: parts.filter((part) => part !== null).join(' '),
        remedy: t(`errors.${fault.code}.remedy`),
      };
    },
    [t, formats, restriction],
  );
}
