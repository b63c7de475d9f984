import { build } from '../build.mjs';
import { run } from '../children.mjs';
import { inRoot } from '../paths.mjs';

/** `npm run sbom`: writes `dist/crateful-<version>.cdx.json`, a CycloneDX list of what ships. */
export async function sbom(env) {
  await build(env);
  return run('node', [inRoot('scripts', 'licences', 'write-sbom.ts')], { env });
}
