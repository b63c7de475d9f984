import { Select, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TEMPLATE_PRESETS, TEMPLATE_WORDS } from '../../../src-preload/contract/naming.ts';
import { SETTING_BOUNDS } from '../../../src-preload/contract/setting-values.ts';
import naming from './naming.module.css';
import { PRESETS, presetOf } from './preset-of.ts';
import { RearrangeOffer } from './rearrange-offer.tsx';
import { helpOf, Setting } from './setting.tsx';
import styles from './settings.module.css';
import { useNamingTrial } from './use-naming-trial.ts';
import { useSave } from './use-save.ts';

const OWN = 'own';

/** How folders and files are called, tried out on the person's own albums while it is written. */
export function NamingSetting() {
  const { t } = useTranslation();
  const { settings, save } = useSave();
  const [template, setTemplate] = useState(settings.namingTemplate);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => setTemplate(settings.namingTemplate), [settings.namingTemplate]);
  const { preview, ask } = useNamingTrial(template);
  const problem = preview?.problem ?? null;
  const preset = presetOf(template) ?? OWN;

  const keep = async (): Promise<void> => {
    const wanted = template.trim();
    if (wanted === settings.namingTemplate) return;
    const answer = await ask(wanted);
    if (answer !== null && answer.problem === null) save({ namingTemplate: wanted });
  };
  const insert = (word: string): void => {
    const at = field.current?.selectionStart ?? template.length;
    const to = field.current?.selectionEnd ?? at;
    setTemplate(`${template.slice(0, at)}{${word}}${template.slice(to)}`);
    field.current?.focus();
  };
  return (
    <Setting
      id="naming"
      control={
        <Select
          className={styles.select}
          aria-label={t('naming.preset')}
          value={preset}
          allowDeselect={false}
          withCheckIcon={false}
          data={[
            ...PRESETS.map((value) => ({
              value: value as string,
              label: t(`naming.presets.${value}`),
            })),
            { value: OWN, label: t('naming.own') },
          ]}
          onChange={(value) => {
            const chosen = PRESETS.find((one) => one === value);
            if (chosen === undefined) field.current?.focus();
            else {
              setTemplate(TEMPLATE_PRESETS[chosen]);
              save({ namingTemplate: TEMPLATE_PRESETS[chosen] });
            }
          }}
        />
      }
    >
      <TextInput
        ref={field}
        aria-label={t('naming.template')}
        aria-describedby={helpOf('naming')}
        classNames={{ input: naming.template }}
        value={template}
        autoComplete="off"
        spellCheck={false}
        maxLength={SETTING_BOUNDS.namingTemplate.most}
        error={
          problem === null ? undefined : t(`naming.problems.${problem}`, { at: preview?.at ?? '' })
        }
        onChange={(event) => setTemplate(event.currentTarget.value)}
        onBlur={() => void keep()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void keep();
        }}
      />
      <fieldset className={naming.words} aria-label={t('naming.insert')}>
        {TEMPLATE_WORDS.map((word) => (
          <button
            key={word}
            type="button"
            className={naming.word}
            title={t(`naming.words.${word}`)}
            // The field keeps the focus, so that nothing is kept before the word is in it.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => insert(word)}
          >
            {`{${word}}`}
          </button>
        ))}
      </fieldset>
      <div className={naming.examples} aria-live="polite">
        <p className={naming.heading}>{t('naming.examples')}</p>
        {preview === null || preview.examples.length === 0 ? (
          <p className={styles.help}>{t('naming.noExamples')}</p>
        ) : (
          <ul>
            {preview.examples.map((path) => (
              <li key={path} className={naming.example}>
                {path}
              </li>
            ))}
          </ul>
        )}
      </div>
      <RearrangeOffer />
    </Setting>
  );
}
