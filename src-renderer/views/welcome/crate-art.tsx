import styles from './welcome.module.css';

const SLEEVES = [
  { x: 50, y: 70, turn: -7, fill: 'var(--art-1)', label: 'none' },
  { x: 86, y: 46, turn: -3, fill: 'var(--art-2)', label: 'band' },
  { x: 128, y: 22, turn: 1, fill: 'var(--art-3)', label: 'rings' },
  { x: 170, y: 50, turn: 4, fill: 'var(--art-4)', label: 'none' },
  { x: 206, y: 76, turn: 7, fill: 'var(--art-5)', label: 'band' },
] as const;

/** A crate with a few sleeves in it; decoration only. */
export function CrateArt() {
  return (
    <svg
      className={styles.art}
      viewBox="0 0 400 290"
      preserveAspectRatio="xMidYMax meet"
      aria-hidden="true"
    >
      {[0, 4, 1, 3, 2].map((place) => {
        const sleeve = SLEEVES[place];
        if (sleeve === undefined) return null;
        const { x, y, turn, fill, label } = sleeve;
        return (
          <g key={place} transform={`rotate(${turn} ${x + 70} ${y + 220})`}>
            <rect x={x} y={y} width="144" height="220" rx="4" fill={fill} />
            <rect x={x} y={y} width="6" height="220" rx="3" fill="rgb(0 0 0 / 12%)" />
            {label === 'rings' && (
              <g fill="none" stroke="rgb(255 255 255 / 28%)" strokeWidth="2.5">
                <circle cx={x + 75} cy={y + 68} r="40" />
                <circle cx={x + 75} cy={y + 68} r="27" />
                <circle cx={x + 75} cy={y + 68} r="14" fill="var(--art-2)" stroke="none" />
                <circle cx={x + 75} cy={y + 68} r="3" fill="var(--art-3)" stroke="none" />
              </g>
            )}
            {label === 'band' && (
              <rect x={x + 6} y={y + 22} width="138" height="9" fill="rgb(255 255 255 / 26%)" />
            )}
          </g>
        );
      })}
      <rect x="24" y="150" width="352" height="150" rx="6" fill="var(--art-gap)" />
      {[150, 198, 246].map((top, row) => (
        <g key={top}>
          <rect
            x="16"
            y={top}
            width="368"
            height="42"
            rx="5"
            fill={row === 0 ? 'var(--art-wood-light)' : 'var(--art-wood)'}
          />
          <circle cx="34" cy={top + 21} r="3" fill="var(--art-gap)" />
          <circle cx="366" cy={top + 21} r="3" fill="var(--art-gap)" />
        </g>
      ))}
      <rect x="154" y="162" width="92" height="18" rx="9" fill="var(--art-gap)" />
    </svg>
  );
}
