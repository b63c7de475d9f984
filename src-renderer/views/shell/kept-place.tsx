import {
  type ReactNode,
  type RefObject,
  useContext,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { FrameContext } from './frame.ts';

interface KeptPlaceProps {
  /** Where the page was left, in pixels from its top, to outlive the page. */
  readonly top?: RefObject<number>;
  readonly children: ReactNode;
}

/** How often a page is asked to take its place: first it measures itself, then it has its height. */
const PASSES = 3;

/** A page that is found where it was left, and at its top the first time. */
export function KeptPlace({ top: outer, children }: KeptPlaceProps) {
  const frame = useContext(FrameContext);
  const inner = useRef(0);
  const top = outer ?? inner;
  const [pass, setPass] = useState(0);
  useLayoutEffect(() => {
    const scroller = frame.current;
    if (scroller === null) return;
    scroller.scrollTop = top.current;
    if (Math.abs(scroller.scrollTop - top.current) > 1 && pass < PASSES) setPass(pass + 1);
  }, [frame, top, pass]);
  useEffect(() => {
    const scroller = frame.current;
    if (scroller === null) return;
    const note = (): void => {
      top.current = scroller.scrollTop;
    };
    scroller.addEventListener('scroll', note, { passive: true });
    return () => scroller.removeEventListener('scroll', note);
  }, [frame, top]);
  return children;
}
