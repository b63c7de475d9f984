import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

/**
 * The environment children start with. What npm put there for *this* script (its configuration and the
 * package's fields) would only make a nested npm complain.
 */
export function cleanEnvironment(environment = process.env) {
  const kept = Object.entries(environment).filter(
    ([name]) => !/^npm_(config|package|lifecycle|command|execpath|node_execpath)/i.test(name),
  );
  const clean = Object.fromEntries(kept);
  // Where a registry, certificates or a cache are named through the environment, npm needs them.
  for (const name of [
    'registry',
    'cafile',
    'cache',
    'userconfig',
    'globalconfig',
    'proxy',
    'https_proxy',
  ]) {
    const value = environment[`npm_config_${name}`];
    if (value) clean[`npm_config_${name}`] = value;
  }
  return clean;
}

const start = (command, args, options) =>
  spawn(command, args, { cwd: root, shell: process.platform === 'win32', ...options });

/** Runs a child on our own terminal; answers its exit code (128 + n when a signal ended it). */
export function run(command, args, { env, stdio = 'inherit', cwd = root } = {}) {
  return new Promise((resolve, reject) => {
    const child = start(command, args, { env, stdio, cwd });
    const release = passSignalsTo(child);
    child.on('error', (error) => {
      release();
      reject(error);
    });
    child.on('close', (code, signal) => {
      release();
      resolve(code ?? 128 + (signalNumbers[signal] ?? 1));
    });
  });
}

/** Runs a child quietly; answers `{ code, output }`, with both streams in `output`. */
export function capture(command, args, { env, cwd = root } = {}) {
  return new Promise((resolve) => {
    const child = start(command, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const release = passSignalsTo(child);
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    const end = (code, said) => {
      release();
      resolve({ code, output: said });
    };
    child.on('error', (error) => end(127, error.message));
    child.on('close', (code) => end(code ?? 1, output));
  });
}

const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

/**
 * While the child lives, a signal ends the child and not us: its exit code is ours. Ctrl-C on a terminal
 * reaches the child by itself, so it is passed on only where there is no terminal; and as SIGTERM, because
 * whoever signalled the whole group has interrupted the child already, and a second SIGINT means impatience.
 */
function passSignalsTo(child) {
  let interrupted = false;
  const onInterrupt = () => {
    if (interrupted || process.stdin.isTTY) return;
    interrupted = true;
    child.kill('SIGTERM');
  };
  const onTerminate = () => child.kill('SIGTERM');
  const onHangUp = () => child.kill('SIGHUP');
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onTerminate);
  process.on('SIGHUP', onHangUp);
  return () => {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onTerminate);
    process.off('SIGHUP', onHangUp);
  };
}
