import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `npm run dev` serves the screens; it stands before a browser host on the port that `TRAILBOSS_HOST_PORT` names. */
const devPort = 5173;
const hostPort = process.env.TRAILBOSS_HOST_PORT;

export default defineConfig({
  root: fileURLToPath(new URL('renderer', import.meta.url)),
  base: '/',
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('dist/renderer', import.meta.url)),
    emptyOutDir: true,
    target: 'es2024',
    sourcemap: false,
    license: { fileName: 'licenses.md' },
    // Monaco is one chunk that is loaded lazily.
    chunkSizeWarningLimit: 6_000,
  },
  worker: { format: 'es' },
  server: {
    host: '127.0.0.1',
    port: devPort,
    strictPort: true,
    // Host and Origin stay as the browser sent them: the host behind knows this server's origin (--behind) and checks them.
    proxy:
      hostPort === undefined
        ? {}
        : {
            '^/\\?token=': { target: `http://127.0.0.1:${hostPort}`, changeOrigin: false },
            '^/rpc$': { target: `http://127.0.0.1:${hostPort}`, changeOrigin: false, ws: true },
          },
  },
});
