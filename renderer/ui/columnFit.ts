/** More than a person wants of one column, in pixels. */
const widest = 640;

/** The width in pixels at which the cells of a column that are in sight, and its header, are shown whole. */
export function fittingWidth(table: HTMLElement, columnId: string): number {
  const cells = table.querySelectorAll<HTMLElement>(`[data-column="${CSS.escape(columnId)}"]`);
  const ruler = document.createElement('div');
  ruler.style.cssText =
    'position:absolute;visibility:hidden;width:max-content;max-width:none;white-space:nowrap;inset:0 auto auto 0';
  for (const cell of cells) {
    const copy = document.createElement('div');
    copy.append(...[...cell.childNodes].map((node) => node.cloneNode(true)));
    copy.style.width = 'max-content';
    ruler.append(copy);
  }
  for (const part of ruler.querySelectorAll<HTMLElement>('*')) {
    part.style.maxWidth = 'none';
    part.removeAttribute('id');
  }
  table.append(ruler);
  const width = Math.ceil(ruler.getBoundingClientRect().width) + 2;
  ruler.remove();
  return Math.min(widest, width);
}
