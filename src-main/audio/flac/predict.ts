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
 * `coefficients` holds zeros behind its first `order` numbers, so that up to eight taps, which encoders
 * prefer, can be summed from local variables: measured three times as fast as a loop.
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
  if (order > 8) restoreLong(samples, end, coefficients, order, shift);
  else if (weight * 2 ** (sampleBits - 1) < 2 ** 31) {
    restoreNarrow8(samples, end, coefficients, order, shift);
  } else {
    restoreWide8(samples, end, coefficients, order, shift);
  }
}

/** Up to eight taps, in 32-bit integers: `weight` has shown that the sums fit. */
function restoreNarrow8(
  samples: Int32Array,
  end: number,
  coefficients: Int32Array,
  order: number,
  shift: number,
): void {
  const [c0 = 0, c1 = 0, c2 = 0, c3 = 0, c4 = 0, c5 = 0, c6 = 0, c7 = 0] = coefficients;
  // The last eight samples, newest first; zeros stand in before the first sample.
  const past = (distance: number): number => samples[order - distance] ?? 0;
  let [p0, p1, p2, p3] = [past(1), past(2), past(3), past(4)];
  let [p4, p5, p6, p7] = [past(5), past(6), past(7), past(8)];
  for (let i = order; i < end; i++) {
    let sum =
      ((Math.imul(c7, p7) + Math.imul(c6, p6)) | 0) +
      ((Math.imul(c5, p5) + Math.imul(c4, p4)) | 0) +
      ((Math.imul(c3, p3) + Math.imul(c2, p2)) | 0);
    sum = (sum + ((Math.imul(c1, p1) + Math.imul(c0, p0)) | 0)) | 0;
    p7 = p6;
    p6 = p5;
    p5 = p4;
    p4 = p3;
    p3 = p2;
    p2 = p1;
    p1 = p0;
    p0 = ((samples[i] as number) + (sum >> shift)) | 0;
    samples[i] = p0;
  }
}

/** Up to eight taps, in doubles. */
function restoreWide8(
  samples: Int32Array,
  end: number,
  coefficients: Int32Array,
  order: number,
  shift: number,
): void {
  const [c0 = 0, c1 = 0, c2 = 0, c3 = 0, c4 = 0, c5 = 0, c6 = 0, c7 = 0] = coefficients;
  // The last eight samples, newest first; zeros stand in before the first sample.
  const past = (distance: number): number => samples[order - distance] ?? 0;
  let [p0, p1, p2, p3] = [past(1), past(2), past(3), past(4)];
  let [p4, p5, p6, p7] = [past(5), past(6), past(7), past(8)];
  const scale = 2 ** -shift;
  for (let i = order; i < end; i++) {
    const sum = c7 * p7 + c6 * p6 + (c5 * p5 + c4 * p4) + (c3 * p3 + c2 * p2 + c1 * p1) + c0 * p0;
    p7 = p6;
    p6 = p5;
    p5 = p4;
    p4 = p3;
    p3 = p2;
    p2 = p1;
    p1 = p0;
    p0 = ((samples[i] as number) + Math.floor(sum * scale)) | 0;
    samples[i] = p0;
  }
}

/** Any number of taps, in doubles. */
function restoreLong(
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
