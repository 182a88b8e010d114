/** The address of a link in a terminal's text, if it may be opened: https, and nobody's name or password in it. */
export function linkAddress(text: string): string | undefined {
  const url = URL.parse(text);
  return url?.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : undefined;
}

/** Opens it beside Trailboss; it learns nothing of where it was opened from. In the desktop program it goes to the person's browser. */
export function openLink(text: string): void {
  const address = linkAddress(text);
  if (address !== undefined) window.open(address, '_blank', 'noopener,noreferrer');
}
