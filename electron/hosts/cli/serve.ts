import type { Command } from './command.ts';
import { textOption, usageError, type Session } from './session.ts';

export const serveCommand: Command = {
  name: 'serve',
  usage: '[--port N]',
  text: { zh: '在 127.0.0.1 上用浏览器打开同样的界面', en: 'the same screens on 127.0.0.1' },
  options: { port: { type: 'string' } },
  host: 'browser',
  async run(session) {
    if (session.args.length > 0) throw usageError(`多出的参数“${session.args[0]}”`, `Unexpected argument "${session.args[0]}"`);
    const port = readPort(session);
    const { app, files } = session;
    await app.open();
    const loopback = await session.startLoopback({
      dispatch: app.dispatch,
      subscribe: app.subscribe,
      files,
      ...(port !== undefined && { port }),
    });
    session.print({ url: loopback.url }, () => [
      session.say({
        zh: '核账已经打开，请在这台电脑的浏览器访问（Ctrl+C 结束）：',
        en: 'Hezhang is open; visit it in a browser on this computer (Ctrl+C ends it):',
      }),
      loopback.url,
    ]);
    await interrupted(session.signal);
    await loopback.close();
    return 0;
  },
};

function readPort(session: Session): number | undefined {
  const text = textOption(session, 'port');
  if (text === undefined) return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 65_536;
  if (port > 65_535) throw usageError(`端口“${text}”应为 0 到 65535`, `The port "${text}" must be 0 to 65535`);
  return port;
}

function interrupted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
