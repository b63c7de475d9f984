/** A script in the shape of the web player's, with invented values (qobuz-api §1.3). */
export interface PlayerScript {
  readonly appId: string;
  /** The literal secret of the production block, 32 hex digits. */
  readonly literal: string;
  /** Secrets hidden in time-zone seeds, by zone, in the order of the script. */
  readonly derived: Readonly<Record<string, string>>;
  readonly signInKey: string | null;
}

/** Cuts the base64 of a secret into seed, info and extras, with the 44 characters that are thrown away. */
function hide(secret: string): { seed: string; info: string; extras: string } {
  const text = Buffer.from(secret).toString('base64').replace(/=+$/, '');
  return {
    seed: text.slice(0, 16),
    info: text.slice(16, 30),
    extras: `${text.slice(30)}${'Z'.repeat(44)}`,
  };
}

const capital = (zone: string): string => zone.charAt(0).toUpperCase() + zone.slice(1);

/** The text of the script. Every value outside the production block is a decoy. */
export function playerScript(script: PlayerScript): string {
  const decoy = (name: string, digit: string) =>
    `${name}:{api:{appId:"${digit.repeat(9)}",appSecret:"${digit.repeat(32)}"},oauth:{privateKey:"decoy${digit}decoy"}}`;
  const zones = Object.entries(script.derived).map(([zone, secret]) => ({ zone, ...hide(secret) }));
  const calls = zones.map(
    ({ zone, seed }) => `case"${zone}":d.initialSeed("${seed}",window.utimezone.${zone});break;`,
  );
  const table = zones.map(
    ({ zone, info, extras }) =>
      `{offset:"GMT+1",name:"Europe/${capital(zone)}",info:"${info}",extras:"${extras}"}`,
  );
  const key =
    script.signInKey === null
      ? ''
      : `;client.authenticate({privateKey:"${script.signInKey}",scope:"a"})`;
  return [
    `!function(e){var s="a { brace in text";var c={${decoy('integration', '1')},${decoy('nightly', '2')},${decoy('recette', '3')},`,
    `production:{api:{appId:"${script.appId}",appSecret:"${script.literal}",baseUrl:"https://www.example.invalid"},tag:"}"}};`,
    `switch(z){${calls.join('')}}var t={timezones:[${table.join(',')},{offset:"GMT",name:"Atlantic/Azores",info:"x",extras:"y"}]}`,
    `${key}}();`,
  ].join('');
}

/** The web player's page, which names its script. */
export const playerPage = (version: string): string =>
  `<!doctype html><html><head><script src="/resources/${version}/vendor.js"></script><script src="/resources/${version}/bundle.js"></script></head></html>`;
