import type { BitReader } from './bit-reader.ts';

/**
 * Decodes a subframe's residual into `out[order … blockSize)` (RFC 9639 §9.2.7): Rice codes
 * in partitions of 4- or 5-bit parameters, or raw numbers behind the escape code. False when the coding is
 * reserved or impossible; running out of bits shows in the reader.
 */
export function decodeResidual(
  reader: BitReader,
  out: Int32Array,
  blockSize: number,
  order: number,
): boolean {
  const method = reader.unsigned(2);
  if (method > 1) return false;
  const parameterBits = 4 + method;
  const escapeCode = (1 << parameterBits) - 1;
  const partitionOrder = reader.unsigned(4);
  const perPartition = blockSize >>> partitionOrder;
  if (perPartition << partitionOrder !== blockSize || perPartition < order) return false;
  let start = order;
  for (let partition = 1; partition <= 1 << partitionOrder; partition++) {
    const end = partition * perPartition;
    const parameter = reader.unsigned(parameterBits);
    if (parameter === escapeCode) {
      const bits = reader.unsigned(5);
      for (let index = start; index < end; index++) out[index] = reader.signed(bits);
    } else {
      decodeRice(reader, out, start, end, parameter);
    }
    if (reader.overrun) return false;
    start = end;
  }
  return true;
}

/**
 * One partition of Rice codes: a quotient in unary, then `parameter` bits of remainder, the whole folded so
 * that small numbers of either sign are short. Quotient and remainder come out of one 32-bit load whenever
 * they fit into the 25 bits that are sure to be there.
 */
function decodeRice(
  reader: BitReader,
  out: Int32Array,
  start: number,
  end: number,
  parameter: number,
): void {
  const view = reader.view;
  const limit = reader.limit;
  const shift = 31 - parameter;
  const longest = 24 - parameter;
  let position = reader.position;
  for (let index = start; index < end; index++) {
    if (position > limit) break;
    const bits = view.getInt32(position >>> 3) << (position & 7);
    const quotient = Math.clz32(bits);
    let folded: number;
    if (quotient <= longest) {
      folded = (quotient << parameter) | ((((bits << quotient) << 1) >>> 1) >>> shift);
      position += quotient + 1 + parameter;
    } else {
      reader.position = position;
      const whole = reader.unary();
      folded = (whole << parameter) | reader.unsigned(parameter);
      position = reader.position;
    }
    out[index] = (folded >>> 1) ^ -(folded & 1);
  }
  reader.position = position;
}
