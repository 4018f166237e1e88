/** Every bundle in one place: the window's page (browser), the main process, worker and command line (Node, ESM), the preload (CommonJS). */
import { createReadStream } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import type { InlineConfig, Plugin } from 'vite';

const root = path.resolve(import.meta.dirname, '..');
const source = (name: string) => path.join(root, name);
const output = (name: string) => path.join(root, 'dist', name);
// unzipper (under exceljs) asks for the AWS SDK only when told to open an S3 object.
const external = ['electron', 'better-sqlite3', '@aws-sdk/client-s3', ...builtinModules, /^node:/];

/**
 * Shipped as they are beside the page (scripts/build.ts), once for the page, which shows PDFs, and for the main process, which reads them: printed
 * anew, the minified files would be half a megabyte larger.
 */
export const pdfjs = ['pdf.min.mjs', 'pdf.worker.min.mjs'];
export const pdfjsFolder = source('node_modules/pdfjs-dist/legacy/build');

const pdfjsServed: Plugin = {
  name: 'pdfjs-served',
  configureServer(server) {
    server.middlewares.use('/pdfjs', (request, response, next) => {
      const name = path.posix.basename(request.url ?? '');
      if (!pdfjs.includes(name)) return next();
      response.setHeader('content-type', 'text/javascript');
      createReadStream(path.join(pdfjsFolder, name)).pipe(response);
    });
  },
};

export const renderer: InlineConfig = {
  configFile: false,
  root: source('renderer'),
  base: './',
  plugins: [react(), pdfjsServed],
  clearScreen: false,
  build: {
    outDir: output('renderer'),
    emptyOutDir: true,
    target: 'chrome140',
    sourcemap: false,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 4096,
    rolldownOptions: {
      // bridge.js gives a plain browser the `window.hezhang` that the preload gives Electron; its name is fixed for the loopback host.
      input: { index: source('renderer/index.html'), bridge: source('renderer/bridge.ts') },
      output: { entryFileNames: (chunk) => (chunk.name === 'bridge' ? 'bridge.js' : 'assets/[name]-[hash].js') },
    },
  },
};

const node = (): InlineConfig => ({
  configFile: false,
  root,
  publicDir: false,
  clearScreen: false,
  resolve: { conditions: ['node'], mainFields: ['module', 'main'] },
  ssr: { noExternal: true, external: ['electron', 'better-sqlite3'] },
});

const pdfjsBeside: Plugin = {
  name: 'pdfjs-beside',
  enforce: 'pre',
  resolveId(id) {
    const name = id.startsWith('pdfjs-dist/') ? path.posix.basename(id) : '';
    return pdfjs.includes(name) ? { id: `../renderer/pdfjs/${name}`, external: true } : undefined;
  },
};

const threadSources = {
  worker: source('electron/jobs/worker.ts'),
  'reading-thread': source('electron/jobs/reading-thread.ts'),
  'search-thread': source('electron/jobs/search-thread.ts'),
  'outcome-thread': source('electron/jobs/outcome-thread.ts'),
  'invoice-worker': source('electron/jobs/invoice-worker.ts'),
};

/** The threads alone, for a test run: what they load besides their own sources stays in node_modules. */
export const threads = (outDir: string): InlineConfig => ({
  ...node(),
  ssr: {},
  build: {
    ssr: true,
    target: 'node24',
    outDir,
    minify: false,
    reportCompressedSize: false,
    rolldownOptions: { input: threadSources, output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' } },
  },
});

export const main: InlineConfig = {
  ...node(),
  plugins: [pdfjsBeside],
  build: {
    ssr: true,
    target: 'node24',
    outDir: output('main'),
    emptyOutDir: true,
    sourcemap: true,
    rolldownOptions: {
      input: {
        main: source('electron/main.ts'),
        ...threadSources,
        cli: source('electron/cli.ts'),
      },
      external,
      // Chunks stand beside the entries: whatever looks for worker.js next to itself finds it from either.
      // Without white space app.asar stays well below its limit; names stay, for the stack of a defect.
      output: {
        format: 'es',
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
        minify: { compress: true, mangle: { keepNames: true } },
      },
    },
  },
};

export const preload: InlineConfig = {
  ...node(),
  build: {
    ssr: true,
    target: 'node24',
    outDir: output('preload'),
    emptyOutDir: true,
    sourcemap: 'inline',
    minify: false,
    rolldownOptions: {
      input: { preload: source('electron/preload.ts') },
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
    },
  },
};
