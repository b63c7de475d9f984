import {
  createContext,
  type RefObject,
  useCallback,
  useContext,
  useLayoutEffect,
  useState,
} from 'react';

/** The one element that scrolls; lists on its pages virtualise against it. */
export const FrameContext = createContext<RefObject<HTMLDivElement | null>>({ current: null });

/** How a list on a page lies in the frame. */
export interface FramePlace {
  /** The frame, for a virtualiser. */
  getFrame(): HTMLDivElement | null;
  /** Pixels from the top of the frame's content to the list. */
  readonly offset: number;
  /** The list's width in pixels. */
  readonly width: number;
  /** To be set on the list. */
  readonly listRef: (element: HTMLElement | null) => void;
}

/** Measures a list on a page, again whenever something above it or the window changes size. */
export function useFramePlace(): FramePlace {
  const frame = useContext(FrameContext);
  const [list, setList] = useState<HTMLElement | null>(null);
  const [place, setPlace] = useState({ offset: 0, width: 0 });
  useLayoutEffect(() => {
    const scroller = frame.current;
    if (list === null || scroller === null) return;
    const measure = (): void => {
      const box = list.getBoundingClientRect();
      const offset = box.top - scroller.getBoundingClientRect().top + scroller.scrollTop;
      setPlace((old) =>
        old.offset === offset && old.width === box.width ? old : { offset, width: box.width },
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(list);
    for (const sibling of list.parentElement?.children ?? []) observer.observe(sibling);
    observer.observe(scroller);
    return () => observer.disconnect();
  }, [frame, list]);
  const getFrame = useCallback(() => frame.current, [frame]);
  return { getFrame, listRef: setList, ...place };
}
