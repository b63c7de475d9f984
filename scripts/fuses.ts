import { type FuseV1Config, FuseV1Options, FuseVersion } from '@electron/fuses';

/**
 * What each of Electron's fuses is set to. The type wants every one that is known, and `strictlyRequireAllFuses` every
 * one that the Electron at hand has: a fuse that a new version brings fails types or packaging until somebody decides.
 */
export const FUSES: Record<FuseV1Options, boolean> = {
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // Bounds of WebAssembly memory checked by the processor instead of by code: no less safe, and faster.
  [FuseV1Options.WasmTrapHandlers]: true,
};

/** {@link FUSES} as they are burnt into the packaged program. */
export const FUSE_CONFIG: FuseV1Config = {
  version: FuseVersion.V1,
  resetAdHocDarwinSignature: false,
  strictlyRequireAllFuses: true,
  ...FUSES,
};
