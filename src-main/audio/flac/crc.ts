/** CRC-8 of FLAC frame headers: polynomial 0x07, start 0 (RFC 9639 §9.1.8). */
const CRC8 = new Uint8Array(256).map((_, index) => {
  let crc = index;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? (crc << 1) ^ 0x07 : crc << 1;
  return crc & 0xff;
});

/**
 * CRC-16 tables for eight bytes at a step: `CRC16[256 * n + byte]` is the remainder of `byte` followed by
 * `n` zero bytes (polynomial 0x8005, start 0; RFC 9639 §9.3).
 */
const CRC16 = buildCrc16();

function buildCrc16(): Uint16Array {
  const tables = new Uint16Array(8 * 256);
  for (let index = 0; index < 256; index++) {
    let crc = index << 8;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x8005 : crc << 1;
    tables[index] = crc;
  }
  for (let index = 256; index < tables.length; index++) {
    const before = tables[index - 256] ?? 0;
    tables[index] = (before << 8) ^ (tables[before >>> 8] ?? 0);
  }
  return tables;
}

/** CRC-8 of `bytes[start … end)`; 0 when the range ends with its own CRC. */
export function crc8(bytes: Uint8Array, start: number, end: number): number {
  let crc = 0;
  for (let index = start; index < end; index++)
    crc = CRC8[crc ^ (bytes[index] as number)] as number;
  return crc;
}

/**
 * CRC-16 of bytes `[start … end)` continued from `seed`; 0 when the range ends with its own CRC. Two 32-bit
 * loads feed eight table look-ups at a time: measured 1.4 GB/s where a byte at a time gives a quarter.
 */
export function crc16(view: DataView, start: number, end: number, seed = 0): number {
  const tables = CRC16;
  let crc = seed;
  let index = start;
  for (; index + 8 <= end; index += 8) {
    const high = view.getInt32(index) ^ (crc << 16);
    const low = view.getInt32(index + 4);
    crc =
      (tables[0x700 + (high >>> 24)] as number) ^
      (tables[0x600 + ((high >>> 16) & 0xff)] as number) ^
      (tables[0x500 + ((high >>> 8) & 0xff)] as number) ^
      (tables[0x400 + (high & 0xff)] as number) ^
      (tables[0x300 + (low >>> 24)] as number) ^
      (tables[0x200 + ((low >>> 16) & 0xff)] as number) ^
      (tables[0x100 + ((low >>> 8) & 0xff)] as number) ^
      (tables[low & 0xff] as number);
  }
  for (; index < end; index++) {
    crc = ((crc << 8) & 0xff00) ^ (tables[(crc >>> 8) ^ view.getUint8(index)] as number);
  }
  return crc;
}
