import type { RecordedRequest } from '../../src-main/demo/store.ts';

/** Bytes of files that the store sent more than once: what ranges of one file share. */
export function bytesSentTwice(requests: readonly RecordedRequest[]): number {
  const spans = new Map<string, { start: number; end: number }[]>();
  for (const { kind, query, range, status, bytesSent } of requests) {
    if (kind !== 'cdn' || bytesSent === 0 || (status !== 200 && status !== 206)) continue;
    const file = `${query.eid} ${query.fmt}`;
    const start = status === 206 ? Number(/^bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0) : 0;
    spans.set(file, [...(spans.get(file) ?? []), { start, end: start + bytesSent }]);
  }
  let twice = 0;
  for (const list of spans.values()) {
    let reached = 0;
    for (const { start, end } of list.sort((a, b) => a.start - b.start)) {
      twice += Math.max(0, Math.min(reached, end) - start);
      reached = Math.max(reached, end);
    }
  }
  return twice;
}
