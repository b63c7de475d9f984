import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlanItem } from '../../../src-preload/contract/plan.ts';
import { useFault } from '../../use-fault.ts';

/** Why the plan does what it does with a file, as a sentence; with the service's own answer when it gave one. */
export function useReason(): (item: PlanItem) => string {
  const { t } = useTranslation();
  const fault = useFault();
  return useCallback(
    ({ reason, refusal }: PlanItem) => {
      const sentence = t(`plan.reasons.${reason}`);
      return refusal === null ? sentence : `${sentence} ${fault(refusal).sentence}`;
    },
    [t, fault],
  );
}
