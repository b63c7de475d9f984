import { existsSync } from 'node:fs';
import { capture } from '../children.mjs';
import { say } from '../say.mjs';

/** What Debian must have: a virtual display and Electron's libraries, `flac` as a judge, a keyring. */
const wanted = [
  'xvfb',
  'xauth',
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'flac',
  'dbus',
  'dbus-x11',
  'gnome-keyring',
  'libsecret-1-dev',
  'pkg-config',
];

/** Installs missing system packages on Debian as root; elsewhere says the one command that does. */
export async function bringSystemPackages(env) {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/dpkg-query')) return;
  const installed = await installedPackages(env);
  // Newer releases renamed some libraries (the 64-bit time transition).
  const has = (name) => installed.has(name) || installed.has(`${name}t64`);
  const missing = wanted.filter((name) => !has(name));
  if (missing.length === 0) return;
  const names = await Promise.all(missing.map((name) => nameHere(name, env)));
  if (process.getuid?.() !== 0) {
    say(`System packages: ${missing.length} are missing. Some things will not run until you do:`);
    say(`  sudo apt-get update && sudo apt-get install -y ${names.join(' ')}`);
    return;
  }
  say(`System packages: installing ${names.join(' ')} …`);
  const quiet = { ...env, DEBIAN_FRONTEND: 'noninteractive' };
  await capture('apt-get', ['update', '-q'], { env: quiet });
  const renamed = await Promise.all(missing.map((name) => nameHere(name, env)));
  const install = ['install', '-y', '-q', '--no-install-recommends', ...renamed];
  const { code, output } = await capture('apt-get', install, { env: quiet });
  if (code !== 0) {
    say(`✗ apt-get could not install them: ${output.trim().split('\n').pop()}`);
    say(`  Going on; do it by hand: apt-get update && apt-get install -y ${renamed.join(' ')}`);
  }
}

async function installedPackages(env) {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own notation
  const format = '${binary:Package} ${db:Status-Status}\n';
  const { output } = await capture('dpkg-query', ['-W', `-f=${format}`], { env });
  return new Set(
    output
      .split('\n')
      .map((line) => line.split(' '))
      .filter(([, status]) => status === 'installed')
      .map(([name]) => name.replace(/:.*$/, '')),
  );
}

async function nameHere(name, env) {
  const { code, output } = await capture('apt-cache', ['policy', `${name}t64`], { env });
  return code === 0 && output.includes('Candidate:') ? `${name}t64` : name;
}
