import { describe, expect, it } from 'vitest';
import {
  type Asked,
  checkMime,
  checkResponse,
} from '../../../src-main/downloads/response-check.ts';

const fresh: Asked = { offset: 0, totalBytes: 0, etag: null, extension: 'flac' };
const resumed: Asked = { offset: 100, totalBytes: 300, etag: '"a"', extension: 'flac' };
const flac = { 'content-type': 'audio/flac' };

describe('the head of a file’s answer', () => {
  it('of a fresh 200 says where the body belongs and how long it is', () => {
    const verdict = checkResponse(fresh, 200, { ...flac, 'content-length': '300', etag: '"a"' });
    expect(verdict).toEqual({
      kind: 'body',
      plan: { offset: 0, totalBytes: 300, mimeType: 'audio/flac', etag: '"a"' },
    });
  });

  it('of a 206 that starts where the part ends goes on there', () => {
    const headers = { ...flac, 'content-range': 'bytes 100-299/300', etag: '"a"' };
    expect(checkResponse(resumed, 206, headers)).toMatchObject({
      kind: 'body',
      plan: { offset: 100, totalBytes: 300 },
    });
  });

  it('of a 200 to a request for a range starts the file over', () => {
    const headers = { ...flac, 'content-length': '300' };
    expect(checkResponse(resumed, 200, headers)).toMatchObject({
      kind: 'body',
      plan: { offset: 0 },
    });
  });

  it.each([
    ['starts elsewhere', { 'content-range': 'bytes 101-299/300' }],
    ['names no range', {}],
  ])('of a 206 that %s is RANGE_MISMATCH', (_, headers) => {
    expect(() => checkResponse(resumed, 206, { ...flac, ...headers })).toThrow('RANGE_MISMATCH');
  });

  it.each([
    ['another version', { 'content-range': 'bytes 100-299/300', etag: '"b"' }],
    ['another length', { 'content-range': 'bytes 100-299/301', etag: '"a"' }],
  ])('of a 206 of %s makes the part worthless', (_, headers) => {
    expect(checkResponse(resumed, 206, { ...flac, ...headers })).toEqual({ kind: 'discard-part' });
  });

  it('of a 416 is success only when its total is exactly what is there', () => {
    const whole: Asked = { ...resumed, offset: 300 };
    const range = (total: number) => ({ 'content-range': `bytes */${total}` });
    expect(checkResponse(whole, 416, range(300))).toEqual({ kind: 'already-whole' });
    expect(checkResponse(whole, 416, range(301))).toEqual({ kind: 'discard-part' });
    expect(checkResponse(resumed, 416, range(300))).toEqual({ kind: 'discard-part' });
    expect(checkResponse(whole, 416, {})).toEqual({ kind: 'discard-part' });
  });

  it.each([403, 404, 410, 500, 503])('with %i is CDN_REFUSED', (status) => {
    expect(() => checkResponse(fresh, status, flac)).toThrow('CDN_REFUSED');
  });
});

describe('a MIME type', () => {
  it.each(['', 'application/octet-stream', 'audio/flac', 'audio/x-flac'])(
    'of "%s" may be a FLAC',
    (type) => {
      expect(() => checkMime(type, 'flac')).not.toThrow();
    },
  );
  it.each(['text/html', 'application/json'])('of "%s" is NOT_AUDIO', (type) => {
    expect(() => checkMime(type, 'flac')).toThrow('NOT_AUDIO');
  });
  it.each(['audio/mpeg', 'audio/mp4'])('of "%s" is WRONG_FORMAT for a FLAC', (type) => {
    expect(() => checkMime(type, 'flac')).toThrow('WRONG_FORMAT');
  });
});
