import { useState } from 'react';
import { useMirror, useNavigation } from '../../context.ts';
import { usePlace } from '../../navigation.ts';
import { Shell, useOutsideClicks } from '../shell/shell.tsx';
import { FirstRun } from './first-run.tsx';
import { opensSetup } from './opens-setup.ts';

/** What an account is met with: its first steps, or the app. */
export function Home() {
  const asked = usePlace(useNavigation(), ({ setupOpen }) => setupOpen);
  const fits = useMirror(opensSetup);
  // Decided once: choosing the folder is one of the steps and must not end them.
  const [first] = useState(fits);
  useOutsideClicks();
  return (asked ?? first) ? <FirstRun /> : <Shell />;
}
