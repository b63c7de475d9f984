import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from '../build.mjs';
import { run } from '../children.mjs';
import { hasDisplay, sandboxArguments } from '../display.mjs';
import { inRoot, root } from '../paths.mjs';
import { SetupError, say } from '../say.mjs';

/** `npm run demo`: the app on the embedded demo store, with a throw-away folder; or the same without a window. */
export async function demo(env, args) {
  await build(env);
  const scratch = await mkdtemp(join(tmpdir(), 'crateful-demo-'));
  const folder = join(scratch, 'Music');
  await mkdir(folder);
  const home = join(scratch, 'home');
  const headless = args.includes('--headless');
  if (!headless && !hasDisplay(env)) {
    say('There is no display, so the demo runs without a window (as with --headless).');
  }
  if (headless || !hasDisplay(env)) return demoHeadless(env, folder, home);
  say(`Demo: opening the window; the music goes to ${folder}`);
  return run('electron', ['.', ...sandboxArguments()], {
    env: { ...env, CRATEFUL_DEMO: '1', CRATEFUL_DEMO_FOLDER: folder, CRATEFUL_HOME: home },
  });
}

async function demoHeadless(env, folder, home) {
  const store = await startStore(env);
  let code;
  try {
    code = await run('node', [inRoot('out', 'main', 'cli.js'), 'sync', '--to', folder], {
      env: {
        ...env,
        CRATEFUL_QOBUZ_API: store.apiBase,
        CRATEFUL_QOBUZ_PLAYER: store.playerBase,
        QOBUZ_USER_AUTH_TOKEN: store.token,
        CRATEFUL_HOME: home,
        CRATEFUL_API_RATE: '50',
      },
    });
  } finally {
    await store.stop();
  }
  const out = (line) => process.stdout.write(`${line}\n`);
  out('\nThe folder:');
  for (const line of await treeLines(folder)) out(line);
  out('\nThe receipts (what was proven before each file got its name):');
  for (const line of await receiptLines(join(folder, '.crateful', 'manifest.jsonl'))) out(line);
  out(`\nThe folder is ${folder}`);
  return code;
}

/** The demo store in a process of its own; it lives until its stdin closes. */
async function startStore(env) {
  const child = spawn('node', [inRoot('out', 'main', 'demo-store.js')], {
    cwd: root,
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => {
    child.once('error', resolve);
    child.once('close', resolve);
  });
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([
    new Promise((resolve) => lines.once('line', resolve)),
    ended.then(() => null),
  ]);
  if (typeof first !== 'string') {
    throw new SetupError('The demo store did not start.', 'Run: node out/main/demo-store.js');
  }
  return {
    ...JSON.parse(first),
    stop() {
      child.stdin.end();
      return ended;
    },
  };
}

async function treeLines(folder, indent = '') {
  const entries = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.name !== '.crateful')
    .sort((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }));
  const lines = [];
  for (const [index, entry] of entries.entries()) {
    const last = index === entries.length - 1;
    lines.push(`${indent}${last ? '└── ' : '├── '}${entry.name}`);
    if (entry.isDirectory()) {
      lines.push(...(await treeLines(join(folder, entry.name), indent + (last ? '    ' : '│   '))));
    }
  }
  return lines;
}

async function receiptLines(manifest) {
  const text = await readFile(manifest, 'utf8').catch(() => '');
  const rows = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .filter((file) => file.receipt)
    .map(({ path, receipt }) => [
      receipt.sha256.slice(0, 12),
      String(receipt.bytes),
      receipt.audioHash ? `${receipt.audioHash.kind}:${receipt.audioHash.value.slice(0, 12)}` : '',
      path,
    ]);
  if (rows.length === 0) return ['(none)'];
  const table = [['sha256', 'bytes', 'audio', 'path'], ...rows];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  return table.map((row) =>
    row.map((cell, column) => (column === 3 ? cell : cell.padEnd(widths[column]))).join('  '),
  );
}
