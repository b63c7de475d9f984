/** Whether a window can be shown here. */
export const hasDisplay = (env) =>
  process.platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);

/** Chromium refuses to start its sandbox as root; an ordinary user always has it. */
export const sandboxArguments = () => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);
