const PALETTES = [
  ['#274c5e', '#e9c46a', '#e76f51'],
  ['#2b2d42', '#8d99ae', '#ef233c'],
  ['#f4ead5', '#1d3b2f', '#c0673a'],
  ['#5f0f40', '#fb8b24', '#e36414'],
  ['#dfe7ec', '#33658a', '#86bbd8'],
  ['#151515', '#d4c9b0', '#8f7f63'],
] as const;

/** A made-up cover for an album id: a few plain shapes, the same ones every time. */
export function sampleCover(id: string): string {
  let seed = 7;
  for (const letter of id) seed = (seed * 31 + letter.charCodeAt(0)) % 999_983;
  const [ground, first, second] = PALETTES[seed % PALETTES.length] ?? PALETTES[0];
  const a = (seed % 70) + 15;
  const b = ((seed >> 3) % 60) + 20;
  const shapes = [
    `<circle cx="${a}" cy="${b}" r="28" fill="${first}"/><rect x="0" y="${b + 10}" width="100" height="14" fill="${second}"/>`,
    `<path d="M0 ${a} L100 ${b} V100 H0Z" fill="${first}"/><circle cx="${b}" cy="${a - 8}" r="9" fill="${second}"/>`,
    `<rect x="${a / 2}" y="14" width="40" height="72" fill="${first}"/><rect x="${a / 2 + 22}" y="30" width="40" height="40" fill="${second}" opacity=".85"/>`,
    `<circle cx="50" cy="50" r="38" fill="none" stroke="${first}" stroke-width="6"/><circle cx="50" cy="50" r="20" fill="${second}"/>`,
  ];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect width="100" height="100" fill="${ground}"/>${shapes[seed % shapes.length]}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
