import { IconFolderSearch, IconHistory, IconShieldCheck } from '@tabler/icons-react';
import type { CareRoom } from '../../navigation.ts';

/** The picture of each room of the care page. */
export const ROOM_ICONS: Readonly<Record<CareRoom, typeof IconShieldCheck>> = {
  check: IconShieldCheck,
  adopt: IconFolderSearch,
  steps: IconHistory,
};
