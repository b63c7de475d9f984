import { NumberInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../context.ts';
import { helpOf, Setting } from './setting.tsx';
import type { SettingId } from './setting-list.ts';
import styles from './settings.module.css';

interface NumberSettingProps {
  readonly id: SettingId;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly step: number;
  readonly digits: number;
  readonly unit: string;
  readonly onSave: (value: number) => void;
}

/** A number that is kept when the field is left or Enter pressed; one out of bounds is refused in place. */
export function NumberSetting(props: NumberSettingProps) {
  const { id, value, least, most, step, digits, unit, onSave } = props;
  const { t } = useTranslation();
  const formats = useFormats();
  const [draft, setDraft] = useState<string | number>(value);
  const [refused, setRefused] = useState(false);
  useEffect(() => setDraft(value), [value]);
  const keep = (): void => {
    const wanted = typeof draft === 'number' ? draft : Number.parseFloat(draft);
    const fits = Number.isFinite(wanted) && wanted >= least && wanted <= most;
    setRefused(!fits);
    if (fits && wanted !== value) onSave(wanted);
  };
  return (
    <Setting
      id={id}
      control={
        <NumberInput
          className={styles.number}
          aria-label={t(`settings.items.${id}.name`)}
          aria-describedby={helpOf(id)}
          value={draft}
          min={least}
          max={most}
          clampBehavior="none"
          step={step}
          decimalScale={digits}
          decimalSeparator={formats.field.decimalMark}
          suffix={unit}
          error={
            refused
              ? t('settings.outOfBounds', {
                  least: formats.count(least),
                  most: formats.count(most),
                })
              : undefined
          }
          onChange={(next) => {
            setDraft(next);
            setRefused(false);
          }}
          onBlur={keep}
          onKeyDown={(event) => {
            if (event.key === 'Enter') keep();
          }}
        />
      }
    />
  );
}
