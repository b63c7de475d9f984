/** What an embedded picture's block states of it. */
export interface ImageFacts {
  readonly mimeType: 'image/jpeg' | 'image/png';
  readonly width: number;
  readonly height: number;
  readonly bitsPerPixel: number;
}

/** Reads type and size of a JPEG or PNG from its headers; null for anything else. */
export function readImage(bytes: Buffer): ImageFacts | null {
  if (bytes.length >= 26 && bytes.toString('latin1', 0, 8) === '\x89PNG\r\n\x1a\n') {
    const samples = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[bytes.readUInt8(25)];
    return {
      mimeType: 'image/png',
      width: bytes.readUInt32BE(16),
      height: bytes.readUInt32BE(20),
      bitsPerPixel: bytes.readUInt8(24) * (samples ?? 0),
    };
  }
  return bytes.length >= 4 && bytes.readUInt16BE(0) === 0xffd8 ? readJpeg(bytes) : null;
}

/** Walks the JPEG's segments to its frame header (ITU T.81 §B.2.2). */
function readJpeg(bytes: Buffer): ImageFacts | null {
  let at = 2;
  while (at + 10 <= bytes.length && bytes.readUInt8(at) === 0xff) {
    const marker = bytes.readUInt8(at + 1);
    // Fill bytes, and markers that stand alone, have no length.
    if (marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      return {
        mimeType: 'image/jpeg',
        width: bytes.readUInt16BE(at + 7),
        height: bytes.readUInt16BE(at + 5),
        bitsPerPixel: bytes.readUInt8(at + 4) * bytes.readUInt8(at + 9),
      };
    }
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}
