/**
 * `npm start`: installs and builds what is missing, then opens the app: in Electron, or where that cannot be had in the default browser.
 * `npm start -- [--workspace DIR] [--browser] [--port N] [--no-open]`; the last three choose the browser.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openInBrowser } from './launch/browser.mjs';
import { fetchElectron, hasDisplay } from './launch/electron.mjs';
import { ensureBuilt } from './launch/fresh.mjs';
import { ensureInstalled } from './launch/install.mjs';
import { environment, exitCode, requireNode, root, run } from './launch/node.mjs';

const options = readOptions();
ensureInstalled();
ensureBuilt();
process.exitCode = (await inElectron()) ?? (await inBrowser());

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        workspace: { type: 'string' },
        port: { type: 'string' },
        browser: { type: 'boolean', default: false },
        'no-open': { type: 'boolean', default: false },
      },
    });
    return { ...values, workspace: values.workspace === undefined ? [] : ['--workspace', path.resolve(values.workspace)] };
  } catch (error) {
    process.stderr.write(`${error.message}\n用法 / usage: npm start -- [--workspace DIR] [--browser] [--port N] [--no-open]\n`);
    process.exit(2);
  }
}

/** The exit code of the app in Electron; undefined where it has to be the browser. */
async function inElectron() {
  if (options.browser || options['no-open'] || options.port !== undefined) return undefined;
  if (!hasDisplay()) {
    say('没有图形界面，请用浏览器打开下面的地址。', 'There is no display here: open the address below in a browser.');
    return undefined;
  }
  const electron = await fetchElectron();
  if (electron === undefined) {
    say('这里无法下载 Electron，改用浏览器打开同一个程序。', 'Electron cannot be downloaded here: the same app opens in your browser.');
    return undefined;
  }
  const began = Date.now();
  // Chromium's sandbox refuses to run as root.
  const sandbox = process.platform === 'linux' && process.getuid() === 0 ? ['--no-sandbox'] : [];
  const code = await run(electron, [...sandbox, root, ...options.workspace]).catch(() => 1);
  if (code === 130) return 0;
  if (code === 0 || code > 128 || Date.now() - began > 10_000) return code;
  say('Electron 没有启动成功，改用浏览器打开同一个程序。', 'Electron did not start: the same app opens in your browser.');
  return undefined;
}

/** Runs the loopback host until it is stopped, and opens its address once it has printed it. */
function inBrowser() {
  const port = options.port === undefined ? [] : ['--port', options.port];
  const child = spawn(requireNode(), ['dist/main/cli.js', ...options.workspace, 'serve', ...port], {
    cwd: root,
    env: environment(),
    stdio: ['inherit', 'pipe', 'inherit'],
  });
  let text = '';
  let opened = options['no-open'] || !hasDisplay();
  child.stdout.on('data', (bytes) => {
    process.stdout.write(bytes);
    if (opened) return;
    text += bytes;
    const url = /http:\/\/127\.0\.0\.1:\d+\/\S*(?=\s)/.exec(text)?.[0];
    if (url === undefined) return;
    opened = true;
    void openInBrowser(url).then(
      (ok) => ok || say('没有打开浏览器，请手动打开上面的地址。', 'No browser opened: open the address above yourself.'),
    );
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      // A terminal's Ctrl+C has reached the child already.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  return new Promise((resolve) =>
    child.once('close', (code, signal) => resolve(signal === 'SIGINT' || code === 130 ? 0 : exitCode(code, signal))),
  );
}

function say(zh, en) {
  process.stdout.write(`${zh}\n${en}\n`);
}
