import type { Shell } from 'electron';

/** Opens a link that leads out of the program in the person's browser, if it is an https one; anything else is dropped. */
export function openExternalLink(shell: Pick<Shell, 'openExternal'>, address: string): void {
  if (!URL.canParse(address)) return;
  const url = new URL(address);
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return;
  shell.openExternal(url.href).catch(() => undefined);
}
