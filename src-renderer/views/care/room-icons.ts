import {
  IconArchive,
  IconCopy,
  IconFolderSearch,
  IconHistory,
  IconShieldCheck,
  IconSparkles,
} from '@tabler/icons-react';
import type { CareRoom } from '../../navigation.ts';

/** The picture of each room of the care page. */
export const ROOM_ICONS: Readonly<Record<CareRoom, typeof IconShieldCheck>> = {
  check: IconShieldCheck,
  adopt: IconFolderSearch,
  steps: IconHistory,
  editions: IconSparkles,
  duplicates: IconCopy,
  'set-aside': IconArchive,
};
