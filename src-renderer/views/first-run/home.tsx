import { useState } from 'react';
import { useMirror, useNavigation } from '../../context.ts';
import { usePlace } from '../../navigation.ts';
import type { Mirror } from '../../store/reducer.ts';
import { Shell, useOutsideClicks } from '../shell/shell.tsx';
import { FirstRun } from './first-run.tsx';

/**
 * Whether the first steps open by themselves: while they are unfinished and there is no folder, without which
 * nothing can be done. The demo brings a folder, so there they open until they have been begun.
 */
export const opensSetup = ({ settings, root, app }: Pick<Mirror, 'settings' | 'root' | 'app'>) =>
  settings.setupStep !== 'done' && (root === null || (app.demo && settings.setupStep === 'folder'));

/** What an account is met with: its first steps, or the app. */
export function Home() {
  const asked = usePlace(useNavigation(), ({ setupOpen }) => setupOpen);
  const fits = useMirror(opensSetup);
  // Decided once: choosing the folder is one of the steps and must not end them.
  const [first] = useState(fits);
  useOutsideClicks();
  return (asked ?? first) ? <FirstRun /> : <Shell />;
}
