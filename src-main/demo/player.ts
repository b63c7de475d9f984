import { randomBytes, randomInt } from 'node:crypto';

/** The keys of one store instance, as its web player's bundle spreads them. */
export interface PlayerKeys {
  /** Nine digits. */
  readonly appId: string;
  /** 32 hex digits; the only secret that signs. */
  readonly secret: string;
  /** The key of the sign-in's code exchange. */
  readonly signInKey: string;
  /** As `8.2.0-b034`. */
  readonly bundleVersion: string;
}

const hex32 = (): string => randomBytes(16).toString('hex');
const nineDigits = (): string => String(randomInt(100_000_000, 1_000_000_000));

/** The version after one, as when the player is published anew. */
const nextVersion = (version: string): string => {
  const build = Number(version.slice(-3));
  return `${version.slice(0, -3)}${String((build + 1) % 1000).padStart(3, '0')}`;
};

/**
 * New keys; nothing about them can be known without reading the bundle. With `previous` only the app id
 * stays, and the bundle gets the next version.
 */
export const generateKeys = (previous?: PlayerKeys): PlayerKeys => ({
  appId: previous?.appId ?? nineDigits(),
  secret: hex32(),
  signInKey: randomBytes(8).toString('hex'),
  bundleVersion: previous
    ? nextVersion(previous.bundleVersion)
    : `${randomInt(7, 10)}.${randomInt(0, 10)}.0-b${String(randomInt(1, 1000)).padStart(3, '0')}`,
});

/** The login page, which names the bundle. */
export const loginPage = (keys: PlayerKeys): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Demo player</title></head><body>
<div id="root"></div>
<script src="/resources/${keys.bundleVersion}/vendor.js"></script>
<script src="/resources/${keys.bundleVersion}/bundle.js"></script>
</body></html>`;

/** A secret as the bundle hides it: base64, 44 characters of padding, cut in three (qobuz-api §1.3). */
function hide(secret: string): { seed: string; info: string; extras: string } {
  const text = Buffer.from(secret, 'utf8').toString('base64') + randomBytes(22).toString('hex');
  return { seed: text.slice(0, 24), info: text.slice(24, 56), extras: text.slice(56) };
}

/** Minified-looking filler, so that reading the bundle meets a text of real size. */
const filler = (kibibytes: number): string =>
  'function n(e,t){return e&&t?{name:"Etc/None",value:e+t}:null}'.repeat(
    Math.ceil((kibibytes * 1024) / 61),
  );

/**
 * The web player's bundle as qobuz-api §1.3 describes it: four environments of which only `production` has
 * the app id, a literal secret there that does not sign, secrets by time zone of which one signs, and the
 * sign-in key.
 */
export function bundle(keys: PlayerKeys): string {
  const environment = (name: string, appId: string): string =>
    `${name}:{api:{appId:"${appId}",appSecret:"${hex32()}"},url:{base:"https://${name}.example"}}`;
  const zones = [
    { area: 'Europe', city: 'London', secret: hex32() },
    { area: 'Europe', city: 'Berlin', secret: keys.secret },
    { area: 'Africa', city: 'Algiers', secret: hex32() },
  ].map((zone) => ({ ...zone, ...hide(zone.secret) }));
  const seeds = zones
    .map((zone) => `e.initialSeed("${zone.seed}",window.utimezone.${zone.city.toLowerCase()})`)
    .join(':t?');
  const table = [
    '{offset:"GMT+01:00",name:"Europe/Paris",info:"bm90aGluZw",extras:"aGVyZQ"}',
    ...zones.map(
      (zone) =>
        `{offset:"GMT",name:"${zone.area}/${zone.city}",info:"${zone.info}",extras:"${zone.extras}"}`,
    ),
  ].join(',');
  return [
    '"use strict";(()=>{',
    filler(400),
    `var c={${environment('integration', nineDigits())},${environment('nightly', nineDigits())},`,
    `${environment('recette', nineDigits())},${environment('production', keys.appId)}};`,
    `function s(e,t){return t?${seeds}:null}`,
    filler(200),
    `window.utimezone=[${table}];`,
    `function a(e){return e.authenticate({privateKey:"${keys.signInKey}"})}`,
    filler(100),
    '})();',
  ].join('');
}
