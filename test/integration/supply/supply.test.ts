import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { lockFaults, type Manifest } from '../../../scripts/licences/lock-faults.ts';
import { noticesOf, outdated } from '../../../scripts/licences/notices.ts';
import { sbomOf } from '../../../scripts/licences/sbom.ts';
import {
  type LockEntry,
  lockEntries,
  mayShip,
  type ShippedPackage,
  shippedPackages,
} from '../../../scripts/licences/shipped.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const readJson = async (name: string) => JSON.parse(await readFile(join(root, name), 'utf8'));

let manifest: Manifest & { version: string; devDependencies: Record<string, string> };
let locked: Manifest;
let entries: ReadonlyMap<string, LockEntry>;
let shipped: readonly ShippedPackage[];
beforeAll(async () => {
  manifest = await readJson('package.json');
  locked = (await readJson('package-lock.json')).packages[''];
  entries = await lockEntries(root);
  shipped = await shippedPackages(root);
});

describe('the lockfile', () => {
  it('is in step with package.json, has a hash for everything, and comes from the registry alone', () => {
    expect(entries.size).toBeGreaterThan(100);
    expect(lockFaults(manifest, locked, entries)).toEqual([]);
  });

  it.each<[string, LockEntry, string]>([
    ['without a hash', {}, 'node_modules/x has no SHA-512 hash'],
    ['with a weak hash', { integrity: 'sha1-abc=' }, 'node_modules/x has no SHA-512 hash'],
    [
      'of a git address',
      { integrity: 'sha512-abc=', resolved: 'git+ssh://git@example.com/x.git' },
      'node_modules/x comes from git+ssh://git@example.com/x.git',
    ],
    [
      'of another place',
      { integrity: 'sha512-abc=', resolved: 'http://packages.example/x.tgz' },
      'node_modules/x comes from http://packages.example/x.tgz',
    ],
    [
      'with scripts that nobody decided about',
      { integrity: 'sha512-abc=', hasInstallScript: true },
      'x would run scripts, and allowScripts does not name it',
    ],
  ])('is refused with an entry %s', (_what, entry, fault) => {
    expect(lockFaults({}, {}, new Map([['node_modules/x', entry]]))).toEqual([fault]);
  });

  it('is refused when package.json asks for something else, or not exactly', () => {
    const x = new Map([['node_modules/x', { version: '1.0.0', integrity: 'sha512-abc=' }]]);
    const asks = (version: string) => ({ dependencies: { x: version } });
    expect(lockFaults(asks('1.0.0'), asks('1.0.0'), x)).toEqual([]);
    expect(lockFaults(asks('1.1.0'), asks('1.0.0'), x)).toHaveLength(1);
    expect(lockFaults({}, asks('1.0.0'), x)).toHaveLength(1);
    expect(lockFaults(asks('^1.0.0'), asks('^1.0.0'), x)).toHaveLength(1);
    expect(lockFaults(asks('1.1.0'), asks('1.1.0'), x)).toHaveLength(1);
  });
});

describe('what ships', () => {
  it('has a licence that lets it, from what lies beside the code to what the build put into it', () => {
    const names = shipped.map(({ name }) => name);
    for (const name of [
      'better-sqlite3',
      'react',
      '@mantine/core',
      'i18next',
      '@fontsource-variable/inter',
    ]) {
      expect(names).toContain(name);
    }
    for (const name of ['vitest', 'typescript', 'electron-builder', '@biomejs/biome']) {
      expect(names).not.toContain(name);
    }
    expect(shipped.filter(({ licence }) => !mayShip(licence))).toEqual([]);
    expect(shipped.filter(({ text }) => text.length < 100).map(({ name }) => name)).toEqual([]);
  });

  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0)', true],
    ['MIT AND GPL-3.0', false],
    ['GPL-3.0-only', false],
    ['LGPL-2.1', false],
    ['SEE LICENSE IN x', false],
    ['UNLICENSED', false],
    ['unknown', false],
    ['((MIT OR X) AND GPL-3.0)', false],
  ])('under %s may ship: %s', (licence, may) => {
    expect(mayShip(licence)).toBe(may);
  });

  it('is what THIRD_PARTY_NOTICES and the list in the window say; npm run licences writes both', async () => {
    expect(await outdated(root)).toEqual([]);
    const [, text] = [...noticesOf(shipped.slice(1))];
    expect(text?.[1]).not.toBe(await readFile(join(root, 'THIRD_PARTY_NOTICES'), 'utf8'));
  });
});

describe('the bill of materials', () => {
  it('names all that ships and nothing else, by the rules of CycloneDX 1.5', () => {
    const app = {
      name: 'crateful',
      version: manifest.version,
      license: 'MIT',
      electron: manifest.devDependencies.electron ?? '',
    };
    const sbom = sbomOf(app, shipped, entries);
    expect(sbom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5', version: 1 });
    const named = sbom.components.map(({ name, version }) => `${name}@${version}`);
    expect(named).toEqual([
      `electron@${app.electron}`,
      ...shipped.map(({ name, version }) => `${name}@${version}`),
    ]);
    const refs = [sbom.metadata.component, ...sbom.components].map((each) => each['bom-ref']);
    expect(new Set(refs).size).toBe(refs.length);
    for (const { ref, dependsOn } of sbom.dependencies) {
      for (const each of [ref, ...dependsOn]) expect(refs).toContain(each);
    }
    for (const each of sbom.components) {
      expect(each.purl).toMatch(/^pkg:npm\/(%40[\w.-]+\/)?[\w.-]+@[\w.+-]+$/);
      expect(each.licenses).toHaveLength(1);
      if (each.type === 'library') {
        expect(each.hashes).toEqual([
          { alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) },
        ]);
      }
    }
    expect(JSON.stringify(sbomOf(app, shipped, entries))).toBe(JSON.stringify(sbom));
  });
});
