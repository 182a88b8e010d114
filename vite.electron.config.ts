import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** What Electron itself provides, and ssh2's optional native parts: it falls back to plain JavaScript without them. */
const external = ['electron', /^node:/, ...builtinModules, /\.node$/, 'cpu-features'];

/** Bundled CommonJS packages find these as they would in a file of their own. */
const commonJsNames = 'const __filename = import.meta.filename;\nconst __dirname = import.meta.dirname;';

/**
 * Electron's two scripts, each in one file with everything that it imports, so that the packaged program holds no node_modules.
 * The preload script is CommonJS, because a sandboxed one has to be.
 */
export default defineConfig(({ mode }) => {
  const preload = mode === 'preload';
  const name = preload ? 'preload' : 'main';
  return {
    define: { 'process.env.NODE_ENV': '"production"' },
    publicDir: false,
    ssr: { noExternal: true, external: ['electron'] },
    build: {
      ssr: fileURLToPath(new URL(`electron/${name}.ts`, import.meta.url)),
      outDir: fileURLToPath(new URL(`dist/${name}`, import.meta.url)),
      emptyOutDir: true,
      target: 'node24',
      sourcemap: false,
      license: preload ? false : { fileName: 'licenses.md' },
      minify: false,
      rolldownOptions: {
        external,
        output: preload
          ? { format: 'cjs', entryFileNames: 'preload.cjs', codeSplitting: false }
          : { format: 'esm', entryFileNames: 'main.js', chunkFileNames: '[name].js', intro: commonJsNames },
      },
    },
  };
});
