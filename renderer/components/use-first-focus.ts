import { useEffect, type RefObject } from 'react';

/**
 * Gives a page's grid the keys when the page opens, so that the arrows work at once; not where the person is already somewhere else in the page.
 * The navigation that led here gives way.
 */
export function useFirstFocus(place: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const at = document.activeElement;
    if (at === null || at === document.body || at.closest('.nav') !== null) place.current?.focus({ preventScroll: true });
  }, [place]);
}
