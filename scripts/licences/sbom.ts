import type { LockEntry, ShippedPackage } from './shipped.ts';

/** What the list is of. */
export interface App {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** The Electron it is packaged with. */
  readonly electron: string;
}

/** One entry of the list, as CycloneDX writes it. */
export interface Component {
  readonly type: 'library' | 'framework' | 'application';
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly licenses: readonly (
    | { readonly license: { readonly id: string } }
    | { readonly expression: string }
  )[];
  readonly hashes?: readonly { readonly alg: 'SHA-512'; readonly content: string }[];
}

/** A package's address as purl has it: the scope's `@` is written out. */
const purlOf = (name: string, version: string): string =>
  `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;

const licencesOf = (licence: string): Component['licenses'] =>
  / (OR|AND) /.test(licence) ? [{ expression: licence }] : [{ license: { id: licence } }];

const libraryOf = (
  { name, version, licence }: ShippedPackage,
  integrity: string | undefined,
): Component => {
  const [, base64] = /^sha512-(\S+)$/.exec(integrity ?? '') ?? [];
  return {
    type: 'library',
    'bom-ref': `${name}@${version}`,
    name,
    version,
    purl: purlOf(name, version),
    licenses: licencesOf(licence),
    ...(base64 && {
      hashes: [{ alg: 'SHA-512', content: Buffer.from(base64, 'base64').toString('hex') }],
    }),
  };
};

/**
 * What ships, in CycloneDX 1.5. `npm sbom` knows only what is installed: it would leave out what the build puts into the
 * window, or name every tool beside it. The same packages always give the same text: no date, no serial number.
 */
export function sbomOf(
  app: App,
  packages: readonly ShippedPackage[],
  entries: ReadonlyMap<string, LockEntry>,
) {
  const integrity = new Map(
    [...entries].map(([folder, entry]) => [
      `${folder.replace(/^.*node_modules\//, '')}@${entry.version}`,
      entry.integrity,
    ]),
  );
  const own = `${app.name}@${app.version}`;
  const electron: Component = {
    type: 'framework',
    'bom-ref': `electron@${app.electron}`,
    name: 'electron',
    version: app.electron,
    purl: purlOf('electron', app.electron),
    licenses: licencesOf('MIT'),
  };
  const libraries = packages.map((each) =>
    libraryOf(each, integrity.get(`${each.name}@${each.version}`)),
  );
  const components = [electron, ...libraries];
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': own,
        name: app.name,
        version: app.version,
        purl: purlOf(app.name, app.version),
        licenses: licencesOf(app.license),
      } satisfies Component,
    },
    components,
    dependencies: [{ ref: own, dependsOn: components.map((each) => each['bom-ref']) }],
  };
}
