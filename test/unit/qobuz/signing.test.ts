import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { requestSignature, signedParameters } from '../../../src-main/qobuz/signing.ts';
import { qobuzFixture } from '../../support/fixtures.ts';

const vectors = qobuzFixture('synthetic-2026/signature-vectors.json') as {
  preimage: string;
  md5: string;
}[];

/** Takes a preimage apart again: `format_id7intentdownloadtrack_id1` + 10 digits of time + secret. */
const parts = (preimage: string) => {
  const match =
    /^(trackgetFileUrl)(?:format_id(\d+)intent(stream|download)track_id(5966783|123456))(\d{10})(.+)$/.exec(
      preimage,
    );
  const [, , format_id = '', intent = '', track_id = '', timestamp = '', secret = ''] = match ?? [];
  return { parameters: { track_id, intent, format_id }, timestamp, secret };
};

describe('requestSignature', () => {
  it.each(vectors.filter(({ preimage }) => preimage.startsWith('track')))(
    'gives the published signature of $preimage',
    ({ preimage, md5 }) => {
      const { parameters, timestamp, secret } = parts(preimage);
      expect(requestSignature('track/getFileUrl', parameters, timestamp, secret)).toBe(md5);
    },
  );

  it('gives the published signature of a method without parameters', () => {
    const vector = vectors.find(({ preimage }) => preimage.startsWith('favorite'));
    const secret = '0123456789abcdef0123456789abcdef';
    expect(requestSignature('favorite/getUserFavorites', {}, '1700000000', secret)).toBe(
      vector?.md5,
    );
  });

  it('leaves app id, token, time and signature out of what is signed', () => {
    const bare = requestSignature('a/b', { x: '1' }, '2', 's');
    const more = { x: '1', app_id: '9', user_auth_token: 't', request_ts: '2', request_sig: 'f' };
    expect(requestSignature('a/b', more, '2', 's')).toBe(bare);
    expect(bare).toBe(createHash('md5').update('abx12s').digest('hex'));
  });

  it('sends the same whole second that it signed', () => {
    const sent = signedParameters(
      'track/getFileUrl',
      { track_id: '1' },
      'secret',
      1_700_000_000_999,
    );
    expect(sent.request_ts).toBe('1700000000');
    expect(sent.request_sig).toBe(
      requestSignature('track/getFileUrl', { track_id: '1' }, '1700000000', 'secret'),
    );
  });
});
