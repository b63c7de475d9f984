import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import en from '../../../assets/locales/en.json';
import type { PlanItem } from '../../../src-preload/contract/plan.ts';
import { useRestriction } from '../../use-fault.ts';

type Code = keyof typeof en.errors;

const isCode = (detail: string): detail is Code => Object.hasOwn(en.errors, detail);

/** Why the plan does what it does with a file, as a sentence; with the service's own reason when it gave one. */
export function useReason(): (item: PlanItem) => string {
  const { t } = useTranslation();
  const restriction = useRestriction();
  return useCallback(
    ({ reason, detail }: PlanItem) => {
      const sentence = t(`plan.reasons.${reason}`);
      if (detail === null) return sentence;
      const more = isCode(detail) ? t(`errors.${detail}.sentence`) : restriction(detail);
      return more === null ? sentence : `${sentence} ${more}`;
    },
    [t, restriction],
  );
}
