import { type KeyboardEvent, type MouseEvent, type PointerEvent, type RefObject, useRef, useState } from 'react';
import { fittingWidth } from './columnFit.ts';
import { type LaidColumn, movedColumn, neighbour, sizedColumn, type TableLayout } from './tableLayout.ts';

/** What a header does with its column when it is dragged, and with the keys. */
export interface ColumnHands {
  /** The side of a header where the column that is being dragged would go. */
  readonly dropAt: (id: string) => 'before' | 'after' | undefined;
  readonly drag: (id: string) => {
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerCancel: () => void;
    readonly onClickCapture: (event: MouseEvent) => void;
  };
  readonly edge: (id: string) => {
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
    readonly onClick: (event: MouseEvent) => void;
    readonly onDoubleClick: (event: MouseEvent<HTMLElement>) => void;
  };
  readonly onKeyDown: (id: string, event: KeyboardEvent) => void;
}

/** Pixels that a key changes a width by. */
const keyStep = 16;
/** Pixels that the pointer goes before a press is a drag. */
const dragFrom = 5;

interface Drag {
  readonly id: string;
  readonly x: number;
  moving: boolean;
  over: string | undefined;
}

/** Moves and sizes columns by the pointer and by keys; undefined where the layout is fixed. */
export function useColumnHands(
  table: RefObject<HTMLElement | null>,
  columns: readonly LaidColumn[],
  layout: TableLayout | undefined,
  onLayout: ((layout: TableLayout) => void) | undefined,
): ColumnHands | undefined {
  const drag = useRef<Drag>(undefined);
  const sizing = useRef<{ readonly id: string; readonly x: number; readonly width: number }>(undefined);
  const dragged = useRef(false);
  const [drop, setDrop] = useState<{ readonly id: string; readonly side: 'before' | 'after' }>();
  if (layout === undefined || onLayout === undefined) return undefined;

  const header = (id: string) => table.current?.querySelector<HTMLElement>(`[data-head="${CSS.escape(id)}"]`);
  const widthOf = (id: string) => header(id)?.getBoundingClientRect().width ?? 0;
  const under = (x: number) =>
    [...(table.current?.querySelectorAll<HTMLElement>('[data-head]') ?? [])].find((head) => {
      const { left, right } = head.getBoundingClientRect();
      return x >= left - 6 && x <= right + 6;
    })?.dataset.head;
  const order = () => [...(table.current?.querySelectorAll<HTMLElement>('[data-head]') ?? [])].map((head) => head.dataset.head);
  const end = () => {
    drag.current = undefined;
    setDrop(undefined);
  };

  return {
    dropAt: (id) => (drop?.id === id ? drop.side : undefined),
    drag: (id) => ({
      onPointerDown: (event) => {
        dragged.current = false;
        if (event.button === 0) drag.current = { id, x: event.clientX, moving: false, over: undefined };
      },
      onPointerMove: (event) => {
        const now = drag.current;
        if (now === undefined || (!now.moving && Math.abs(event.clientX - now.x) < dragFrom)) return;
        if (!now.moving) event.currentTarget.setPointerCapture(event.pointerId);
        now.moving = true;
        dragged.current = true;
        now.over = under(event.clientX);
        const all = order();
        const side = all.indexOf(now.over) < all.indexOf(now.id) ? 'before' : 'after';
        setDrop(now.over === undefined || now.over === now.id ? undefined : { id: now.over, side });
      },
      onPointerUp: () => {
        const now = drag.current;
        end();
        if (now?.moving === true && now.over !== undefined) onLayout(movedColumn(columns, layout, now.id, now.over));
      },
      onPointerCancel: end,
      onClickCapture: (event) => {
        // The end of a drag is no click.
        if (!dragged.current) return;
        dragged.current = false;
        event.preventDefault();
        event.stopPropagation();
      },
    }),
    edge: (id) => ({
      onPointerDown: (event) => {
        event.stopPropagation();
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        sizing.current = { id, x: event.clientX, width: widthOf(id) };
      },
      onPointerMove: (event) => {
        const from = sizing.current;
        if (from?.id !== id || event.clientX === from.x) return;
        onLayout(sizedColumn(layout, id, from.width + event.clientX - from.x));
      },
      onPointerUp: () => {
        sizing.current = undefined;
      },
      onClick: (event) => event.stopPropagation(),
      onDoubleClick: (event) => {
        event.stopPropagation();
        if (table.current !== null) onLayout(sizedColumn(layout, id, fittingWidth(table.current, id)));
      },
    }),
    onKeyDown: (id, event) => {
      const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
      if (step === 0 || !event.shiftKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      if (!event.altKey) {
        onLayout(sizedColumn(layout, id, widthOf(id) + step * keyStep));
        return;
      }
      const next = neighbour(columns, layout, id, step);
      if (next !== undefined) onLayout(movedColumn(columns, layout, id, next));
    },
  };
}
