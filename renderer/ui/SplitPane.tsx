import { type PointerEvent, type ReactNode, useRef } from 'react';
import { usePanes } from '../stores/panes.ts';
import classes from './SplitPane.module.css';

interface SplitPaneProps {
  /** Under this name the width is remembered. */
  readonly name: string;
  /** What the handle resizes, for screen readers. */
  readonly label: string;
  readonly first: ReactNode;
  /** When there is none, the first side has all the room. */
  readonly second: ReactNode | undefined;
  /** Which side keeps its width when the window changes. */
  readonly fixed: 'first' | 'second';
  readonly defaultWidth: number;
  readonly minWidth?: number;
}

const keyStep = 16;
const leastRest = 240;

/** Two sides with a handle between them that the pointer and the arrow keys move. */
export function SplitPane({ name, label, first, second, fixed, defaultWidth, minWidth = 200 }: SplitPaneProps) {
  const width = usePanes((panes) => panes.widths[name]) ?? defaultWidth;
  const setWidth = usePanes((panes) => panes.setWidth);
  const box = useRef<HTMLDivElement>(null);

  const resize = (wanted: number) => {
    const room = box.current?.clientWidth ?? wanted + leastRest;
    setWidth(name, Math.round(Math.max(minWidth, Math.min(wanted, room - leastRest))));
  };
  const drag = (event: PointerEvent) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const bounds = box.current?.getBoundingClientRect();
    if (bounds === undefined) return;
    resize(fixed === 'first' ? event.clientX - bounds.left : bounds.right - event.clientX);
  };

  const size = { width, maxWidth: `calc(100% - ${leastRest}px)` };
  if (second === undefined) {
    return (
      <div className={classes.split} ref={box}>
        <div className={`${classes.first} ${classes.grow}`}>{first}</div>
      </div>
    );
  }
  return (
    <div className={classes.split} ref={box}>
      <div
        className={`${classes.first} ${fixed === 'first' ? classes.fixed : classes.grow}`}
        style={fixed === 'first' ? size : {}}
      >
        {first}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: an hr can't take the focus and the arrow keys */}
      <div
        role="separator"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label={label}
        aria-valuenow={width}
        aria-valuemin={minWidth}
        aria-valuemax={2000}
        className={classes.divider}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onDoubleClick={() => setWidth(name, defaultWidth)}
        onKeyDown={(event) => {
          const towards = event.key === 'ArrowRight' ? keyStep : event.key === 'ArrowLeft' ? -keyStep : 0;
          if (towards === 0) return;
          event.preventDefault();
          resize(width + (fixed === 'first' ? towards : -towards));
        }}
      />
      <div
        className={`${classes.second} ${fixed === 'second' ? classes.fixed : classes.grow}`}
        style={fixed === 'second' ? size : {}}
      >
        {second}
      </div>
    </div>
  );
}
