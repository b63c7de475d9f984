import type { FolderFacts, FolderMode } from '../../../src-preload/contract/folders.ts';

/** What may be done with a picked folder, the most usual first. */
export function modesFor(
  facts: FolderFacts,
  library: 'none' | 'away' | 'here',
): readonly FolderMode[] {
  switch (facts.state) {
    case 'current':
    case 'not-writable':
      return [];
    case 'missing':
    case 'foreign':
      return ['anew'];
    case 'ready':
      return ['use'];
    case 'new':
      return library === 'here' ? ['move', 'use'] : ['use'];
  }
}

/** Whether a picked folder can simply be used when there was none before. */
export const needsNoDecision = (facts: FolderFacts, hasRoot: boolean): boolean =>
  !hasRoot && (facts.state === 'new' || facts.state === 'ready');
