import type { CallReply } from '../../../src-preload/contract/calls.ts';
import type { Surroundings } from '../../context.ts';
import { goTo, goToSetting, NAV_PAGES, type PageName } from '../../navigation.ts';
import type { Mirror } from '../../store/reducer.ts';
import { isActive, syncObstacle } from '../../store/selectors.ts';
import { SECTION_IDS, type SettingId, settingsOf } from '../settings/setting-list.ts';

/** What the palette can do besides opening pages, settings and albums. */
export type ActionId =
  | 'sync'
  | 'stop'
  | 'preview'
  | 'pause'
  | 'resume'
  | 'retry'
  | 'refresh'
  | 'addLinks'
  | 'verify'
  | 'logFolder'
  | 'diagnostics'
  | 'shortcuts'
  | 'account';

/** One entry of the palette apart from albums, which are searched for. */
export type Command =
  | { readonly kind: 'action'; readonly id: ActionId }
  | { readonly kind: 'page'; readonly id: (typeof NAV_PAGES)[number] }
  | { readonly kind: 'setting'; readonly id: SettingId };

/** The actions that have an effect as things stand. */
export function actionsNow(mirror: Mirror): readonly ActionId[] {
  const running = isActive(mirror.run);
  const ready = syncObstacle(mirror) === null;
  const onDisk = [...mirror.albums.values()].some(({ tracksDone }) => tracksDone > 0);
  const failed = [...mirror.jobs.values()].some((group) =>
    group.some(({ state }) => state === 'failed'),
  );
  const offered: Readonly<Record<ActionId, boolean>> = {
    sync: ready && !running,
    stop: running,
    preview: ready && !running,
    pause: !mirror.queue.paused,
    resume: mirror.queue.paused,
    retry: failed && ready,
    refresh: mirror.account?.signedIn === true,
    verify: onDisk && mirror.verify?.state !== 'running',
    addLinks: true,
    account: true,
    logFolder: true,
    diagnostics: true,
    shortcuts: true,
  };
  return (Object.keys(offered) as ActionId[]).filter((id) => offered[id]);
}

/** Everything the palette offers as things stand, before anything is typed. */
export const commandsNow = (mirror: Mirror): readonly Command[] => [
  ...actionsNow(mirror).map((id): Command => ({ kind: 'action', id })),
  ...NAV_PAGES.map((id): Command => ({ kind: 'page', id })),
  ...SECTION_IDS.flatMap(settingsOf).map((id): Command => ({ kind: 'setting', id })),
];

/** What a command is carried out with. */
export interface CommandTools extends Pick<Surroundings, 'bridge' | 'navigation'> {
  readonly copyDiagnostics: () => void;
  /** Makes a call and reports its fault, if it ends in one. */
  call(reply: Promise<CallReply<unknown>>): void;
}

/** Carries a command out. */
export function carryOut(command: Command, tools: CommandTools): void {
  const { navigation } = tools;
  if (command.kind === 'page') goTo(navigation, command.id);
  else if (command.kind === 'setting') goToSetting(navigation, command.id);
  else {
    navigation.setState({ overlay: null });
    act(command.id, tools);
  }
}

const PLACE_OF: Partial<Readonly<Record<ActionId, PageName>>> = {
  sync: 'activity',
  retry: 'activity',
  preview: 'preview',
  account: 'account',
};

function act(id: ActionId, { bridge, navigation, call, copyDiagnostics }: CommandTools) {
  const place = PLACE_OF[id];
  if (place !== undefined) goTo(navigation, place);
  switch (id) {
    case 'sync':
      return call(bridge.startSync(undefined));
    case 'stop':
      return call(bridge.stopSync());
    case 'pause':
      return call(bridge.pauseQueue());
    case 'resume':
      return call(bridge.resumeQueue());
    case 'retry':
      return call(bridge.retryFailed());
    case 'refresh':
      return call(bridge.refreshPurchases());
    case 'verify':
      return call(bridge.verifyAlbums({ albumIds: null }));
    case 'logFolder':
      return call(bridge.openLogFolder());
    case 'diagnostics':
      return copyDiagnostics();
    case 'addLinks':
      return navigation.setState({ overlay: 'add-links' });
    case 'shortcuts':
      return navigation.setState({ overlay: 'shortcuts' });
    default:
      return undefined;
  }
}
