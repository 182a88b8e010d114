/** The few pages that the host writes itself; all values in them are its own texts, escaped nevertheless. */
export function messagePage(title: string, text: string): string {
  return page(title, `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>`);
}

/**
 * Leads to the program's first page by a navigation that starts on our own site, so that a cookie with SameSite=Strict goes
 * with it: it does not when a link elsewhere led here.
 */
export function forwardPage(): string {
  return page('Trailboss', '', '<meta http-equiv="refresh" content="0; url=/">');
}

function page(title: string, body: string, head = ''): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">${head}<title>${escapeHtml(title)}</title><style>
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { max-width: 34rem; margin: 20vh auto; padding: 0 1rem }
h1 { font-size: 1.2rem }
</style></head><body>${body}</body></html>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
