import { describe, expect, it } from 'vitest';
import { bundleAddress, bundleCredentials } from '../../../src-main/qobuz/bundle.ts';
import { playerPage, playerScript } from '../../support/player-script.ts';

const literal = 'abcdef0123456789abcdef0123456789';
const berlin = 'b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0';
const london = 'c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0';
const base = {
  appId: '123456789',
  literal,
  derived: { london, berlin },
  signInKey: 'keyOfProduction',
};

describe('bundleAddress', () => {
  it('finds the script and its version in the page', () => {
    expect(bundleAddress(playerPage('8.2.0-b034'))).toEqual({
      path: '/resources/8.2.0-b034/bundle.js',
      version: '8.2.0-b034',
    });
  });

  it('accepts a version it has never seen', () => {
    const address = bundleAddress('<script defer src="/resources/next/bundle.js"></script>');
    expect(address).toEqual({ path: '/resources/next/bundle.js', version: null });
  });

  it('says that a page without a script has none', () => {
    expect(bundleAddress('<html>Maintenance</html>')).toBeNull();
  });
});

describe('bundleCredentials', () => {
  it('takes the id of production alone and tries derived secrets, Berlin first, before the literal', () => {
    expect(bundleCredentials(playerScript(base))).toEqual({
      appId: '123456789',
      secrets: [berlin, london, literal],
      signInKey: 'keyOfProduction',
    });
  });

  it('falls back to the literal when there are no seeds', () => {
    const found = bundleCredentials(playerScript({ ...base, derived: {} }));
    expect(found?.secrets).toEqual([literal]);
  });

  it('never takes the sign-in key of another environment', () => {
    expect(bundleCredentials(playerScript({ ...base, signInKey: null }))?.signInKey).toBeNull();
  });

  it('reads a script with other quotes, spaces and order of fields', () => {
    const script = `x = { 'production' : { api : { 'appSecret' : '${literal}', 'appId' : '987654321' } } };
      y = { privateKey : 'looseKey1' }`;
    expect(bundleCredentials(script)).toEqual({
      appId: '987654321',
      secrets: [literal],
      signInKey: 'looseKey1',
    });
  });

  it('reads a script whose settings name their environment inside', () => {
    const script = `[{env:"nightly",appId:"111111111",appSecret:"${'1'.repeat(32)}"},{env:"production",appId:"222222222",appSecret:"${literal}"}]`;
    expect(bundleCredentials(script)?.appId).toBe('222222222');
  });

  it('finds nothing rather than a decoy when production is missing', () => {
    const script = playerScript(base).replace('production:', 'elsewhere:');
    expect(bundleCredentials(script)).toBeNull();
  });
});
