import type { Mirror } from '../../store/reducer.ts';

/**
 * Whether the first steps open by themselves: while they are unfinished and there is no folder, without which
 * nothing can be done. The demo brings a folder, so there they open until they have been begun.
 */
export const opensSetup = ({ settings, root, app }: Pick<Mirror, 'settings' | 'root' | 'app'>) =>
  settings.setupStep !== 'done' && (root === null || (app.demo && settings.setupStep === 'folder'));
