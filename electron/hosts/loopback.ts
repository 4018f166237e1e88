import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Dispatch } from '../dispatch.ts';
import { AppError } from '../errors.ts';
import type { FileRegistry } from '../files.ts';
import { readJson, refuse, refusalPage, sendJson, sendResult, sendStatic, securityHeaders } from './http.ts';
import { createUploads, type Uploads } from './uploads.ts';

export interface LoopbackOptions {
  readonly dispatch: Dispatch;
  readonly files: FileRegistry;
  /** The built page (dist/renderer). */
  readonly renderer: string;
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** Hears every event of the app; returns what stops it. */
  subscribe(listener: (event: string, payload: unknown) => void): () => void;
}

export interface Loopback {
  /** The address to open, with the token that lets a browser in. */
  readonly url: string;
  /** Ends every connection and removes the uploaded copies. */
  close(): Promise<void>;
}

interface Session {
  readonly options: LoopbackOptions;
  readonly token: string;
  readonly uploads: Uploads;
  readonly streams: Set<ServerResponse>;
  /** "127.0.0.1:port" */
  readonly host: string;
}

/**
 * Serves the page and the app's methods to a browser on this computer. It listens on 127.0.0.1 alone, answers only requests that name that host
 * (a foreign name that resolves here is a rebinding attack) and come from its own pages, and gives nothing to who has not shown the token.
 * Rejects with AppError `port.taken`.
 */
export async function startLoopback(options: LoopbackOptions): Promise<Loopback> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, options.port)));
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const session: Session = {
    options,
    host,
    token: randomBytes(32).toString('base64url'),
    uploads: createUploads(options.files),
    streams: new Set(),
  };
  server.on('request', (request, response) => {
    answer(session, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else refuse(response, error);
    });
  });
  const unsubscribe = options.subscribe((event, payload) => {
    const line = `data: ${JSON.stringify({ event, payload })}\n\n`;
    for (const stream of session.streams) stream.write(line);
  });
  return {
    url: `http://${host}/?token=${session.token}`,
    async close() {
      unsubscribe();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      session.uploads.close();
    },
  };
}

async function answer(session: Session, request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  const { host, origin } = request.headers;
  if (host !== session.host || (origin !== undefined && origin !== `http://${session.host}`)) return refusalPage(response);
  const url = new URL(request.url ?? '/', `http://${session.host}`);
  const shown = url.searchParams.get('token');
  if (request.method === 'GET' && url.pathname === '/' && shown !== null) {
    if (!same(shown, session.token)) return refusalPage(response);
    const cookie = `${cookieName(session)}=${session.token}; HttpOnly; SameSite=Strict; Path=/`;
    return void response.writeHead(303, { location: '/', 'set-cookie': cookie }).end();
  }
  if (!same(cookieOf(session, request), session.token)) return refusalPage(response);
  if (request.method === 'GET') return get(session, url, response);
  if (request.method === 'POST') return post(session, url, request, response);
  response.writeHead(405, { allow: 'GET, POST' }).end();
}

async function get(session: Session, url: URL, response: ServerResponse): Promise<void> {
  if (url.pathname === '/events') {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).write(':\n\n');
    session.streams.add(response);
    response.on('close', () => session.streams.delete(response));
    return;
  }
  const download = /^\/download\/([\w-]+)$/.exec(url.pathname)?.[1];
  if (download !== undefined)
    return sendResult(response, session.options.files.resolve(download), url.searchParams.get('save') ?? undefined);
  return sendStatic(response, session.options.renderer, url.pathname);
}

async function post(session: Session, url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (url.pathname === '/files') return sendJson(response, { ok: true, value: await session.uploads.receive(request) });
  const method = /^\/call\/([\w.-]+)$/.exec(url.pathname)?.[1];
  if (method === undefined) return void response.writeHead(404).end();
  return sendJson(response, await session.options.dispatch(method, await readJson(request)));
}

/** Cookies know no port: another host of ours on this machine has another name. */
const cookieName = (session: Session): string => `hezhang-${session.host.split(':')[1] ?? ''}`;

function cookieOf(session: Session, request: IncomingMessage): string {
  const name = `${cookieName(session)}=`;
  const pair = (request.headers.cookie ?? '').split('; ').find((text) => text.startsWith(name));
  return pair?.slice(name.length) ?? '';
}

function same(shown: string, expected: string): boolean {
  const [a, b] = [Buffer.from(shown), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function explain(error: NodeJS.ErrnoException, port = 0): Error {
  if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return error;
  return new AppError('port.taken', {
    zh: `端口 ${port} 不能用（已被占用或没有权限）。请换一个端口：--port N，或不写 --port 由系统挑选。`,
    en: `Port ${port} cannot be used (taken, or not permitted). Give another with --port N, or leave --port out and let the system choose.`,
  });
}
