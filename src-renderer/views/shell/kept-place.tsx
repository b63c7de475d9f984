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
  /** Whether somebody came here on purpose: then the page is shown, and not what stands above it in a narrow window. */
  readonly wanted: boolean;
  readonly children: ReactNode;
}

/** How often a page is asked to take its place: first it measures itself, then it has its height. */
const PASSES = 3;

/** Where the pages begin, in pixels: below the side bar, where the window is too narrow to have it beside them. */
function beginning(scroller: HTMLElement): number {
  const main = scroller.querySelector('main');
  if (main === null) return 0;
  const { top } = main.getBoundingClientRect();
  return Math.round(top - scroller.getBoundingClientRect().top + scroller.scrollTop);
}

/** A page that is found where it was left, and at its top the first time. */
export function KeptPlace({ top: outer, wanted, children }: KeptPlaceProps) {
  const frame = useContext(FrameContext);
  const inner = useRef(0);
  const top = outer ?? inner;
  const [pass, setPass] = useState(0);
  useLayoutEffect(() => {
    const scroller = frame.current;
    if (scroller === null) return;
    if (wanted && top.current === 0) top.current = beginning(scroller);
    scroller.scrollTop = top.current;
    if (Math.abs(scroller.scrollTop - top.current) > 1 && pass < PASSES) setPass(pass + 1);
  }, [frame, top, wanted, pass]);
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
