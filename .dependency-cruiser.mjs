// The laws of imports (architecture §1). test/unit/laws.test.ts cruises the real tree with them, and plants
// one violation of each to see that it is found.

/** Floors of src-main, top down; each is a list of folders, or of files for the engine and the ground. */
const floors = [
  ['electron/', 'cli/', 'demo/'],
  ['engine[a-z-]*\\.ts$'],
  ['sync/'],
  ['downloads/'],
  ['accounts/'],
  ['qobuz/'],
  ['net/', 'library/', 'files/', 'audio/'],
  // The ground: errors, events, settings, ports and the clock.
  ['(?!engine[a-z-]*\\.ts$)[^/]+\\.ts$'],
];
const onFloor = (members) => `^src-main/(${members.join('|')})`;

const schemaFiles = 'src-preload/contract/(calls|events|settings)\\.ts$';
const plainContract = '^src-preload/contract/(?!(calls|events|settings)\\.ts$)';
const pureFiles =
  '^src-main/(sync/plan(-gaps|-side-files|-changes)?|files/names|files/layout|qobuz/links)\\.ts$';
const anyPackage = '(^|/)node_modules/';
const valueOnly = { dependencyTypesNot: ['type-only'] };
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const neverUp = floors
  .slice(1)
  .map((members, index) =>
    forbid(
      `floors-never-up-${index + 1}`,
      'Law 4: an import never goes up a floor, so that each part can be understood and tested with what is below it.',
      { path: onFloor(members) },
      { path: onFloor(floors.slice(0, index + 1).flat()) },
    ),
  );

export default {
  forbidden: [
    forbid(
      'electron-only-in-the-shell',
      'Law 1: everything but src-main/electron runs, and is tested, under plain Node. (Preload is the page’s half of the shell.)',
      { path: '^src-', pathNot: '^(src-main/electron/|src-preload/preload\\.ts$)' },
      { path: '(^|/)node_modules/electron/|^electron(/|$)' },
    ),
    forbid(
      'renderer-never-reaches-main',
      'Law 2: the window is a view; it knows the contract and nothing of the engine.',
      { path: '^src-renderer/' },
      { path: '^src-main/' },
    ),
    forbid(
      'renderer-knows-only-the-contract',
      'Law 2: of src-preload the window knows the contract, not the bridge’s making.',
      { path: '^src-renderer/' },
      { path: '^src-preload/(?!contract/)' },
    ),
    forbid(
      'renderer-without-node',
      'Law 2: a sandboxed page has no Node built-ins.',
      { path: '^src-renderer/' },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'renderer-without-schemas',
      'Law 2: schemas are types only to the window; zod in a page trips the content security policy.',
      { path: '^src-renderer/' },
      { path: `${schemaFiles}|(^|/)node_modules/zod/`, ...valueOnly },
    ),
    forbid(
      'plain-contract-without-schemas',
      'Law 2: only calls, events and settings hold schemas, so that every other contract file may reach a page.',
      { path: plainContract },
      { path: `${schemaFiles}|(^|/)node_modules/zod/`, ...valueOnly },
    ),
    forbid(
      'preload-stands-alone',
      'Law 3: preload and contract are the ground floor of both sides.',
      { path: '^src-preload/' },
      { path: '^src-(main|renderer)/' },
    ),
    forbid(
      'main-knows-only-the-contract',
      'Law 3: of the other side, main knows the contract.',
      { path: '^src-main/' },
      { path: '^(src-renderer/|src-preload/(?!contract/))' },
    ),
    ...neverUp,
    forbid(
      'one-floor-side-by-side',
      'Law 4: folders of one floor do not import each other.',
      { path: '^src-main/(electron|cli|demo|net|library|files|audio)/' },
      {
        path: '^src-main/(electron|cli|demo|net|library|files|audio)/',
        pathNot: [
          '^src-main/$1/',
          // Another floor: that a lower one is imported is right, and neverUp forbids the other way.
          '^src-main/(net|library|files|audio)/',
        ],
      },
    ),
    forbid(
      'ground-parts-side-by-side',
      'Law 4: net, library, files and audio do not import each other.',
      { path: '^src-main/(net|library|files|audio)/' },
      { path: '^src-main/(net|library|files|audio)/', pathNot: '^src-main/$1/' },
    ),
    forbid(
      'demo-speaks-for-itself',
      'Law 4: the demo store is an independent double of the service: it shares the contract and the errors, no code.',
      { path: '^src-main/demo/' },
      { path: '^src-main/', pathNot: '^src-main/(demo/|errors\\.ts$)' },
    ),
    forbid(
      'no-cycles',
      'Law 4: modules that need each other are one module.',
      { path: '^src-' },
      { circular: true },
    ),
    forbid(
      'pure-decisions',
      'Law 5: plan, names, layout and links do no I/O and know no clock and no randomness; nor do they need a package for it.',
      { path: pureFiles },
      {
        path: `^src-main/(net|library|audio|downloads|accounts|ports|clock)|${anyPackage}`,
        ...valueOnly,
      },
    ),
    forbid(
      'pure-decisions-without-node',
      'Law 5: no Node built-in.',
      { path: pureFiles },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'nothing-unresolvable',
      'An import that leads nowhere would hide from every other law.',
      { path: '^src-' },
      { couldNotResolve: true, pathNot: '^electron$' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Types count: a law about knowledge is broken by a type as well.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
