const SECONDS = 30;
const RATE = 8000;
/** The one track of an album that cannot be played. */
const BROKEN = 2001;

/** Half a minute of silence for any track; the second one of the box is broken. */
export function sampleSound(_album: string, track: number): string {
  if (track === BROKEN) return 'data:audio/wav;base64,AAAA';
  const samples = SECONDS * RATE;
  const view = new DataView(new ArrayBuffer(44 + samples));
  const words = (at: number, text: string): void => {
    for (const [index, letter] of [...text].entries())
      view.setUint8(at + index, letter.charCodeAt(0));
  };
  words(0, 'RIFF');
  view.setUint32(4, 36 + samples, true);
  words(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  words(36, 'data');
  view.setUint32(40, samples, true);
  new Uint8Array(view.buffer).fill(128, 44);
  return URL.createObjectURL(new Blob([view.buffer], { type: 'audio/wav' }));
}
