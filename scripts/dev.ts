/** `npm run dev`: the page by hot reload, the main process restarted when its bundle changes. Needs Electron's binary. */
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { build, createServer, mergeConfig } from 'vite';
import { main, preload, renderer } from './vite.ts';
import { fetchElectron } from './launch/electron.mjs';
import { ensureBuilt } from './launch/fresh.mjs';

const root = path.resolve(import.meta.dirname, '..');
const electron = await fetchElectron();
if (electron === undefined) {
  process.stderr.write(
    'Electron 无法下载，开发时请用 npm start -- --browser。\nElectron cannot be downloaded: use npm start -- --browser.\n',
  );
  process.exit(1);
}
// What is not bundled (migrations, fonts, sample) comes from a whole build.
ensureBuilt(['node']);
const server = await createServer(mergeConfig(renderer, { server: { host: '127.0.0.1', port: 5173, strictPort: true } }));
await server.listen();

let app: ChildProcess | undefined;
let timer: NodeJS.Timeout | undefined;
let built = 0;

function start(): void {
  const env = { ...process.env, VITE_DEV_SERVER_URL: 'http://127.0.0.1:5173/' };
  const child = spawn(electron!, ['.', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit', env });
  app = child;
  child.on('exit', (code) => {
    // Closed by the person, not by a restart.
    if (app === child) process.exit(code ?? 0);
  });
}

function restart(): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const old = app;
    if (!old) return start();
    app = undefined;
    old.once('exit', start);
    old.kill();
  }, 300);
}

process.on('exit', () => app?.kill());
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit());

const watched = [main, preload];
const closeBundle = (): void => {
  if (++built >= watched.length) restart();
};
for (const config of watched) {
  const plugins = [{ name: 'restart', closeBundle }];
  await build(mergeConfig(config, { logLevel: 'warn', build: { watch: {}, emptyOutDir: false }, plugins }));
}
