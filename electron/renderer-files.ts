import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

export interface RendererFile {
  readonly body: Buffer<ArrayBuffer>;
  readonly contentType: string;
  readonly cacheControl: string;
}

export interface RendererFiles {
  /**
   * The file for a request's path (still percent-encoded, without query). A path without an extension is a screen of the
   * program and gives index.html. Only regular files that stand in the folder itself can be read: paths are looked up in its
   * listing and never joined.
   */
  read(pathname: string): Promise<RendererFile | undefined>;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** Serves the built screens from a folder. It is listed anew when a path is not in the last listing, so a rebuild is noticed. */
export function rendererFiles(folder: string): RendererFiles {
  let listing: ReadonlyMap<string, string> | undefined;

  async function find(path: string): Promise<string | undefined> {
    const known = listing?.get(path);
    if (known !== undefined) return known;
    listing = new Map(await listFiles(folder, ''));
    return listing.get(path);
  }

  return {
    async read(pathname) {
      const path = decodePath(pathname);
      if (path === undefined) return undefined;
      const wanted = extname(path) === '' ? '/index.html' : path;
      const file = await find(wanted);
      if (file === undefined) return undefined;
      const body = await readFile(file).catch(() => undefined);
      if (body === undefined) return undefined;
      return {
        body,
        contentType: contentTypes[extname(wanted)] ?? 'application/octet-stream',
        cacheControl: wanted.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-store',
      };
    },
  };
}

function decodePath(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
}

async function listFiles(folder: string, prefix: string): Promise<readonly (readonly [string, string])[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const files = await Promise.all(
    entries.map(async (entry) => {
      const path = `${prefix}/${entry.name}`;
      const full = join(folder, entry.name);
      if (entry.isDirectory()) return listFiles(full, path);
      return entry.isFile() ? [[path, full] as const] : [];
    }),
  );
  return files.flat();
}
