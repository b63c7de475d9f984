import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { settle, useFormats, useMirror, useSurroundings } from '../../context.ts';
import styles from './queue.module.css';
import { GRAPH_SECONDS, keptSamples, roundTop, speedPath } from './speed-line.ts';

const WIDTH = 600;
const HEIGHT = 64;

/** The speed of the last minutes; drawn for the eye, and said in a sentence when asked for. */
export function SpeedGraph() {
  const { t } = useTranslation();
  const formats = useFormats();
  const titleId = useId();
  const { samples, intervalSeconds } = useSpeeds();
  const top = roundTop(samples);
  const line = speedPath(samples, { intervalSeconds, top, width: WIDTH, height: HEIGHT });
  const highest = Math.max(0, ...samples);
  const mean = samples.length === 0 ? 0 : samples.reduce((a, b) => a + b, 0) / samples.length;
  const start = /^M([\d.]+)/.exec(line)?.[1];
  const span = formats.span(GRAPH_SECONDS);
  return (
    <figure className={styles.graph}>
      <figcaption className={styles.graphHead}>
        <span>{t('queue.graph.title', { span })}</span>
        <span className={styles.graphTop}>{formats.speed(top)}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-labelledby={titleId}
      >
        <title id={titleId}>
          {line === ''
            ? t('queue.graph.nothing')
            : t('queue.graph.text', {
                span,
                now: formats.speed(samples.at(-1) ?? 0),
                highest: formats.speed(highest),
                mean: formats.speed(mean),
              })}
        </title>
        <path className={styles.graphGrid} d={`M0 0.5H${WIDTH}M0 ${HEIGHT / 2}H${WIDTH}`} />
        {line !== '' && (
          <>
            <path className={styles.graphArea} d={`${line}V${HEIGHT}H${start}Z`} />
            <path className={styles.graphLine} d={line} />
          </>
        )}
        <path className={styles.graphFloor} d={`M0 ${HEIGHT - 0.5}H${WIDTH}`} />
      </svg>
    </figure>
  );
}

/** What the engine measured before this page was opened, and from then on a value each interval. */
function useSpeeds() {
  const { bridge } = useSurroundings();
  const speed = useMirror(({ run }) => run?.bytesPerSecond ?? 0);
  const latest = useRef(speed);
  latest.current = speed;
  const [intervalSeconds, setIntervalSeconds] = useState<number | null>(null);
  const [samples, setSamples] = useState<readonly number[]>([]);
  useEffect(() => {
    let wanted = true;
    void settle(bridge.getSpeedHistory()).then((reply) => {
      // Without a past the graph begins now; nobody needs to be told.
      const past = reply.ok && reply.value !== null ? reply.value : null;
      if (!wanted) return;
      setIntervalSeconds(past?.intervalSeconds ?? 1);
      setSamples(past?.bytesPerSecond ?? []);
    });
    return () => {
      wanted = false;
    };
  }, [bridge]);
  useEffect(() => {
    if (intervalSeconds === null) return;
    const timer = setInterval(
      () => setSamples((old) => keptSamples([...old, latest.current], intervalSeconds)),
      intervalSeconds * 1000,
    );
    return () => clearInterval(timer);
  }, [intervalSeconds]);
  const seconds = intervalSeconds ?? 1;
  return { samples: keptSamples(samples, seconds), intervalSeconds: seconds };
}
