import { type RefObject, useLayoutEffect, useState } from 'react';

export interface ListSize {
  readonly width: number;
  readonly height: number;
  /** Pixels of one character of the list's monospaced font. */
  readonly charWidth: number;
}

const measured = 100;

/** The room inside a list, followed as it changes. */
export function useListSize(ref: RefObject<HTMLElement | null>): ListSize {
  const [size, setSize] = useState<ListSize>({ width: 0, height: 0, charWidth: 7.2 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element;
      const charWidth = charWidthIn(element);
      setSize((before) =>
        before.width === width && before.height === height && before.charWidth === charWidth
          ? before
          : { width, height, charWidth },
      );
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [ref]);
  return size;
}

function charWidthIn(element: HTMLElement): number {
  const probe = document.createElement('span');
  probe.textContent = '0'.repeat(measured);
  probe.style.position = 'absolute';
  probe.style.visibility = 'hidden';
  probe.style.whiteSpace = 'pre';
  element.append(probe);
  const width = probe.getBoundingClientRect().width / measured;
  probe.remove();
  return width > 0 ? width : 7.2;
}
