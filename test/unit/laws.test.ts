import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise as cruiseFolders, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import laws from '../../.dependency-cruiser.mjs';

const root = join(import.meta.dirname, '..', '..');

/** What dependency-cruiser says of the three source folders below `folder`. */
async function cruise(folder: string): Promise<ICruiseResult> {
  const { enhancedResolveOptions, ...options } = laws.options;
  const { output } = await cruiseFolders(
    ['src-main', 'src-preload', 'src-renderer'],
    { ...options, baseDir: folder, validate: true, ruleSet: { forbidden: laws.forbidden } },
    enhancedResolveOptions,
  );
  if (typeof output === 'string') throw new Error(output);
  return output;
}

/** For each law, files that break it and nothing else. */
const violations: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'electron-only-in-the-shell': { 'src-main/net/http.ts': "import 'electron';" },
  'renderer-never-reaches-main': { 'src-renderer/main.tsx': "import '../src-main/errors.ts';" },
  'renderer-knows-only-the-contract': {
    'src-renderer/main.tsx': "import '../src-preload/preload.ts';",
  },
  'renderer-without-node': { 'src-renderer/main.tsx': "import 'node:fs';" },
  'renderer-without-schemas': {
    'src-renderer/main.tsx':
      "import { schema } from '../src-preload/contract/settings.ts'; schema;",
  },
  'plain-contract-without-schemas': { 'src-preload/contract/ids.ts': "import 'zod';" },
  'preload-stands-alone': { 'src-preload/preload.ts': "import '../src-main/errors.ts';" },
  'main-knows-only-the-contract': {
    'src-main/net/http.ts': "import '../../src-preload/preload.ts';",
  },
  'floors-never-up-1': { 'src-main/engine.ts': "import './cli/main.ts';" },
  'floors-never-up-2': { 'src-main/sync/run.ts': "import '../engine.ts';" },
  'floors-never-up-3': { 'src-main/downloads/pool.ts': "import '../sync/run.ts';" },
  'floors-never-up-4': { 'src-main/accounts/accounts.ts': "import '../downloads/pool.ts';" },
  'floors-never-up-5': {
    'src-main/qobuz/client.ts': "import type {} from '../accounts/accounts.ts';",
  },
  'floors-never-up-6': { 'src-main/audio/proof.ts': "import '../qobuz/client.ts';" },
  'floors-never-up-7': { 'src-main/errors.ts': "import './net/http.ts';" },
  'one-floor-side-by-side': { 'src-main/cli/main.ts': "import '../demo/store.ts';" },
  'ground-parts-side-by-side': { 'src-main/net/http.ts': "import '../audio/proof.ts';" },
  'demo-speaks-for-itself': { 'src-main/demo/store.ts': "import '../qobuz/client.ts';" },
  'no-cycles': {
    'src-main/net/http.ts': "import './addresses.ts';",
    'src-main/net/addresses.ts': "import './http.ts';",
  },
  'pure-decisions': { 'src-main/sync/plan.ts': "import { now } from '../clock.ts'; now;" },
  'pure-decisions-without-node': { 'src-main/files/names.ts': "import 'node:fs';" },
  'nothing-unresolvable': { 'src-main/net/http.ts': "import './absent.ts';" },
};

/** A tree that keeps every law. */
const lawful: Readonly<Record<string, string>> = {
  'src-main/electron/main.ts': "import 'electron'; import '../engine.ts';",
  'src-main/cli/main.ts': "import '../engine.ts';",
  'src-main/demo/store.ts': "import '../errors.ts'; import '../../src-preload/contract/ids.ts';",
  'src-main/engine.ts': "import './sync/run.ts';",
  'src-main/sync/run.ts': "import './plan.ts'; import '../downloads/pool.ts';",
  'src-main/sync/plan.ts': "import '../files/names.ts';",
  'src-main/downloads/pool.ts': "import '../accounts/accounts.ts';",
  'src-main/accounts/accounts.ts': "import '../qobuz/client.ts';",
  'src-main/qobuz/client.ts': "import '../net/http.ts';",
  'src-main/net/http.ts': "import '../errors.ts'; import 'node:fs';",
  'src-main/net/addresses.ts': 'export {};',
  'src-main/files/names.ts': 'export {};',
  'src-main/audio/proof.ts': 'export {};',
  'src-main/errors.ts': "import '../src-preload/contract/ids.ts';",
  'src-main/clock.ts': 'export const now = 1;',
  'src-preload/preload.ts': "import 'electron'; import './contract/ids.ts';",
  'src-preload/contract/ids.ts': 'export {};',
  'src-preload/contract/settings.ts':
    "import 'zod'; export const schema = 1; export interface Settings {}",
  'src-renderer/main.tsx':
    "import '../src-preload/contract/ids.ts'; import type { Settings } from '../src-preload/contract/settings.ts'; export type S = Settings;",
};

describe('the laws of imports', () => {
  const trees: string[] = [];
  let real: ICruiseResult;
  beforeAll(async () => {
    real = await cruise(root);
  });
  afterAll(async () => {
    for (const tree of trees) await rm(tree, { recursive: true, force: true });
  });

  async function plant(files: Readonly<Record<string, string>>): Promise<string> {
    const tree = await mkdtemp(join(tmpdir(), 'crateful-laws-'));
    trees.push(tree);
    await symlink(join(root, 'node_modules'), join(tree, 'node_modules'));
    for (const [path, text] of Object.entries({ ...lawful, ...files })) {
      await mkdir(dirname(join(tree, path)), { recursive: true });
      await writeFile(join(tree, path), `${text}\n`);
    }
    return tree;
  }

  it('hold for every module of the project', () => {
    expect(real.modules.length).toBeGreaterThan(50);
    const found = real.summary.violations.map(
      ({ rule, from, to }) => `${rule.name}: ${from} → ${to}`,
    );
    expect(found).toEqual([]);
  });

  it('hold for a tree that keeps them, so that a finding below is the planted one', async () => {
    expect((await cruise(await plant({}))).summary.violations).toEqual([]);
  });

  it.each(laws.forbidden.map(({ name }) => name ?? ''))(
    'find a planted violation of %s',
    async (name) => {
      const files = violations[name];
      expect(files, 'every law needs a planted violation').toBeDefined();
      const { summary } = await cruise(await plant(files!));
      expect(summary.violations.map(({ rule }) => rule.name)).toContain(name);
    },
  );
});

describe('the pure decisions', () => {
  const pure = ['sync/plan.ts', 'files/names.ts', 'files/layout.ts', 'qobuz/links.ts'].map(
    (path) => `src-main/${path}`,
  );
  const impure =
    /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bperformance\.|\bprocess\.|\bset(Timeout|Interval|Immediate)\b|\bawait\b|\bcrypto\./;

  it('reach only pure modules, and none of these asks for the time, chance or the outside', async () => {
    const { modules } = await cruise(root);
    const bySource = new Map(modules.map((module) => [module.source, module]));
    const reached = new Set(pure.filter((path) => bySource.has(path)));
    expect(reached.size).toBeGreaterThan(0);
    const faults: string[] = [];
    for (const source of reached) {
      for (const { module, resolved, dependencyTypes } of bySource.get(source)?.dependencies ??
        []) {
        if (dependencyTypes.includes('type-only')) continue;
        if (/^src-(main|preload)\//.test(resolved)) reached.add(resolved);
        else faults.push(`${source} imports ${module}`);
      }
    }
    for (const source of reached) {
      const code = (await readFile(join(root, source), 'utf8')).replace(
        /\/\*[\s\S]*?\*\/|\/\/.*$/gm,
        '',
      );
      const found = impure.exec(code);
      if (found) faults.push(`${source} uses ${found[0]}`);
    }
    expect(faults).toEqual([]);
  });
});
