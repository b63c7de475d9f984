/**
 * Undoes the fixed polynomial prediction of order 0–4 in place: `samples` holds warm-up samples,
 * then residual (RFC 9639 §9.2.5).
 */
export function restoreFixed(samples: Int32Array, end: number, order: number): void {
  if (order === 0) return;
  const at = (index: number): number => samples[index] as number;
  if (order === 1) {
    let a = at(0);
    for (let i = 1; i < end; i++) {
      a = (at(i) + a) | 0;
      samples[i] = a;
    }
    return;
  }
  // Higher orders are sums of sums: keep the running differences and add them up.
  let a = at(order - 1);
  let b = at(order - 2);
  let c = order > 2 ? at(order - 3) : 0;
  let d = order > 3 ? at(order - 4) : 0;
  for (let i = order; i < end; i++) {
    const predicted =
      order === 2 ? 2 * a - b : order === 3 ? 3 * (a - b) + c : 4 * (a + c) - 6 * b - d;
    d = c;
    c = b;
    b = a;
    a = (at(i) + predicted) | 0;
    samples[i] = a;
  }
}

/**
 * Undoes linear prediction in place (RFC 9639 §9.2.6). Sums that fit 32 bits are done in integers, others in
 * doubles, which are exact up to 53 bits while 25-bit samples, 15-bit coefficients and 32 taps need 45.
 */
export function restoreLpc(
  samples: Int32Array,
  end: number,
  coefficients: Int32Array,
  order: number,
  shift: number,
  sampleBits: number,
): void {
  let weight = 0;
  for (let tap = 0; tap < order; tap++) weight += Math.abs(coefficients[tap] as number);
  if (weight * 2 ** (sampleBits - 1) < 2 ** 31) {
    restoreNarrow(samples, end, coefficients, order, shift);
  } else {
    restoreWide(samples, end, coefficients, order, shift);
  }
}

function restoreNarrow(
  samples: Int32Array,
  end: number,
  coefficients: Int32Array,
  order: number,
  shift: number,
): void {
  for (let i = order; i < end; i++) {
    let sum = 0;
    for (let tap = 0; tap < order; tap++) {
      sum = (sum + Math.imul(coefficients[tap] as number, samples[i - 1 - tap] as number)) | 0;
    }
    samples[i] = ((samples[i] as number) + (sum >> shift)) | 0;
  }
}

function restoreWide(
  samples: Int32Array,
  end: number,
  coefficients: Int32Array,
  order: number,
  shift: number,
): void {
  const scale = 2 ** -shift;
  for (let i = order; i < end; i++) {
    let sum = 0;
    for (let tap = 0; tap < order; tap++) {
      sum += (coefficients[tap] as number) * (samples[i - 1 - tap] as number);
    }
    samples[i] = ((samples[i] as number) + Math.floor(sum * scale)) | 0;
  }
}
