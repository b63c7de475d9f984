const WIDTH = 420;
const HEIGHT = 420;

/** Text as a PDF string in WinAnsi: what the standard fonts cannot show becomes a question mark. */
const pdfText = (text: string): string =>
  text
    .replaceAll('’', "'")
    .replace(/[^\x20-\x7e\xa0-\xff]/gu, '?')
    .replace(/[\\()]/g, '\\$&');

/** A one-page PDF 1.4 with a coloured page, a heading and lines of text, using a standard font. */
export function booklet(heading: string, lines: readonly string[]): Buffer {
  const content = [
    `0.12 0.17 0.24 rg 0 0 ${WIDTH} ${HEIGHT} re f`,
    '0.85 0.62 0.36 rg 40 330 60 4 re f',
    '1 1 1 rg BT /F1 20 Tf 40 350 Td',
    `(${pdfText(heading)}) Tj ET`,
    '0.85 0.87 0.9 rg BT /F1 11 Tf 40 300 Td 16 TL',
    ...lines.map((line) => `(${pdfText(line)}) Tj T*`),
    'ET',
  ].join('\n');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${WIDTH} ${HEIGHT}] /Contents 4 0 R ` +
      '/Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const at = Buffer.byteLength(text, 'latin1');
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const table = Buffer.byteLength(text, 'latin1');
  const size = objects.length + 1;
  text += `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}`;
  text += `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}
