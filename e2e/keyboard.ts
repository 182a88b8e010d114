// Going through a screen by keyboard alone, with an eye on whether the focus can be seen.
import { expect, type Locator, type Page } from '@playwright/test';

/** More stops than any screen has. */
const mostStops = 120;

/** Presses Tab, or Shift+Tab, until the focus is on the target. Every stop on the way must show that it has the focus. */
export async function tabTo(page: Page, target: Locator, direction: 'forwards' | 'backwards' = 'forwards'): Promise<void> {
  // A radio may be drawn by its label alone.
  await expect(target).toBeAttached();
  const wanted = await target.elementHandle();
  for (let stop = 0; stop < mostStops; stop += 1) {
    await page.keyboard.press(direction === 'forwards' ? 'Tab' : 'Shift+Tab');
    await expectFocusVisible(page);
    if (await page.evaluate((element) => element === document.activeElement, wanted)) return;
  }
  throw new Error(`${mostStops} stops, and the focus never came to ${target}`);
}

/** The element with the focus, or what it is drawn with, has an outline, or another border than without the focus. */
export async function expectFocusVisible(page: Page): Promise<void> {
  const invisible = await page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return undefined;
    const outlined = (one: Element | null | undefined) => {
      if (one === null || one === undefined) return false;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
    };
    // A box or a radio that is drawn by its label, or by what stands next to it.
    const drawnBy = [element, element.nextElementSibling, element.parentElement, element.closest('label')];
    // A list that has the focus for its active row.
    const active = element.getAttribute('aria-activedescendant');
    if (active !== null) drawnBy.push(document.getElementById(active));
    if (element.id !== '') drawnBy.push(document.querySelector(`label[for="${CSS.escape(element.id)}"]`));
    return drawnBy.some(outlined) ? undefined : element.outerHTML.slice(0, 300);
  });
  expect(invisible, 'an element that does not show its focus').toBeUndefined();
}
