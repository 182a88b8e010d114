/** Pixels. */
export const rowHeight = 28;
export const headHeight = 44;
export const nameWidth = 250;
export const columnWidth = 150;
