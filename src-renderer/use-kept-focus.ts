import { useEffect } from 'react';

/**
 * Keeps the keyboard's place in the window. A button that waits for an answer is disabled, and one that has done its
 * work may be gone with its page: in both cases the browser drops the focus, and whoever cannot see where they were
 * begins anew. A button gets the focus back when it can take it; where it is gone the heading of what stands there now
 * gets it. What a pointer or a wheel leaves behind is let go.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let place: HTMLElement | null = null;
    let wasDisabled = false;
    let frame = 0;

    const note = (): void => {
      const { activeElement } = document;
      if (!(activeElement instanceof HTMLElement) || activeElement === document.body) return;
      place = activeElement;
      wasDisabled = false;
    };
    const forget = (): void => {
      place = null;
    };
    const look = (): void => {
      if (place === null) return;
      const there = place.isConnected && place.checkVisibility();
      if (there && place.matches(':disabled')) wasDisabled = true;
      else if (there && !wasDisabled) return;
      else {
        // A page or dialog that opens may take the focus itself, and does so before it is drawn.
        cancelAnimationFrame(frame);
        frame = requestAnimationFrame(() => restore(there));
      }
    };
    const restore = (there: boolean): void => {
      if (place === null || document.activeElement !== document.body) return;
      if (there) place.focus({ preventScroll: true });
      else {
        place = null;
        landing()?.focus({ preventScroll: true });
      }
    };

    const observer = new MutationObserver(look);
    observer.observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      // Pages that are kept are hidden by their style.
      attributeFilter: ['disabled', 'style'],
    });
    const capture = { capture: true, passive: true } as const;
    const listeners = {
      focusin: note,
      keydown: note,
      click: note,
      pointerdown: forget,
      wheel: forget,
    } as const;
    for (const [name, listener] of Object.entries(listeners)) {
      document.addEventListener(name, listener, capture);
    }
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      for (const [name, listener] of Object.entries(listeners)) {
        document.removeEventListener(name, listener, capture);
      }
    };
  }, []);
}

/** The heading of what stands in front: of the dialog that is open, else of the page. */
function landing(): HTMLElement | null {
  const dialogs = [...document.querySelectorAll<HTMLElement>('[role="dialog"]')];
  const front = dialogs.findLast((dialog) => dialog.checkVisibility());
  const headings = (front ?? document).querySelectorAll<HTMLElement>(
    front ? 'h1, h2' : 'main h1, main h2',
  );
  const heading = [...headings].find((each) => each.checkVisibility()) ?? front ?? null;
  // Only so that it can be given the focus: the tab key passes it by.
  if (heading !== null && !heading.hasAttribute('tabindex')) heading.tabIndex = -1;
  return heading;
}
