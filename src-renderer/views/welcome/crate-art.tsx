import styles from './welcome.module.css';

const SLEEVES = [
  { x: 44, y: 66, turn: -9, fill: 'var(--art-1)' },
  { x: 82, y: 44, turn: -5, fill: 'var(--art-2)' },
  { x: 124, y: 34, turn: -1, fill: 'var(--art-3)' },
  { x: 168, y: 40, turn: 4, fill: 'var(--art-4)' },
  { x: 208, y: 60, turn: 8, fill: 'var(--art-5)' },
] as const;

/** A crate with a few sleeves in it; decoration only. */
export function CrateArt() {
  return (
    <svg className={styles.art} viewBox="0 0 400 300" aria-hidden="true">
      {SLEEVES.map(({ x, y, turn, fill }) => (
        <g key={x} transform={`rotate(${turn} ${x + 70} ${y + 200})`}>
          <rect x={x} y={y} width="146" height="200" rx="5" fill={fill} />
          <rect x={x} y={y} width="7" height="200" rx="3" fill="rgb(0 0 0 / 14%)" />
        </g>
      ))}
      <circle cx="203" cy="94" r="34" fill="none" stroke="rgb(255 255 255 / 22%)" strokeWidth="2" />
      <circle cx="203" cy="94" r="22" fill="none" stroke="rgb(255 255 255 / 16%)" strokeWidth="2" />
      <path
        d="M18 156h364l-16 132a14 14 0 0 1-14 12H48a14 14 0 0 1-14-12L18 156Z"
        fill="var(--art-wood)"
      />
      <path d="M18 156h364l-5.4 42H23.400L18 156Z" fill="var(--art-wood-light)" />
      <path d="M24 202h352M30 250h340" stroke="var(--art-gap)" strokeWidth="5" />
      <rect x="152" y="168" width="96" height="18" rx="9" fill="var(--art-gap)" />
      <g fill="var(--art-nail)">
        <circle cx="42" cy="177" r="3" />
        <circle cx="358" cy="177" r="3" />
        <circle cx="46" cy="226" r="3" />
        <circle cx="354" cy="226" r="3" />
        <circle cx="50" cy="274" r="3" />
        <circle cx="350" cy="274" r="3" />
      </g>
    </svg>
  );
}
