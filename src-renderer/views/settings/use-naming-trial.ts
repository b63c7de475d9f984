import { useCallback, useEffect, useRef, useState } from 'react';
import type { NamingPreview } from '../../../src-preload/contract/naming.ts';
import { settle, useSurroundings } from '../../context.ts';

/** How long the typing has to rest before the template is tried out, in milliseconds. */
const REST_MS = 200;

/** A template tried out on the person's own albums. */
export interface NamingTrial {
  /** What the newest answered question gave; null before the first. */
  readonly preview: NamingPreview | null;
  /** Tries a template out at once; null when that could not be done or somebody asked anew meanwhile. */
  ask(template: string): Promise<NamingPreview | null>;
}

/** Tries a template out whenever the typing rests. */
export function useNamingTrial(template: string): NamingTrial {
  const { bridge } = useSurroundings();
  const [preview, setPreview] = useState<NamingPreview | null>(null);
  const turn = useRef(0);
  const ask = useCallback(
    async (wanted: string) => {
      const mine = ++turn.current;
      const reply = await settle(bridge.previewNaming({ template: wanted }));
      if (mine !== turn.current || !reply.ok) return null;
      setPreview(reply.value);
      return reply.value;
    },
    [bridge],
  );
  useEffect(() => {
    const timer = setTimeout(() => void ask(template.trim()), REST_MS);
    return () => clearTimeout(timer);
  }, [ask, template]);
  return { preview, ask };
}
