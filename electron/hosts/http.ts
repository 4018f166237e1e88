import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Reply } from '../contract.ts';
import { AppError } from '../errors.ts';
import { systemFault } from '../system-faults.ts';

/** The page may load its own files and nothing else; no script stands in the page itself. Styles are written by the interface library. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** A PDF of ours is printed from a tab of its own, by the browser's own viewer, which brings its styles. */
const pdfSecurityPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data: blob:; object-src 'self'; frame-ancestors 'none'";

const mime: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
};

/** One request's JSON; 16 MiB is far above any method's input. Throws AppError `request.unreadable`. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const limit = 16 * 1024 * 1024;
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > limit) throw unreadable('超过 16 MB', 'it is larger than 16 MB');
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString() || '{}');
  } catch {
    throw unreadable('不是 JSON', 'it is not JSON');
  }
}

const unreadable = (zh: string, en: string): AppError =>
  new AppError('request.unreadable', { zh: `请求读不出来：${zh}。`, en: `The request cannot be read: ${en}.` });

export function sendJson(response: ServerResponse, reply: Reply, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(reply));
}

/** What a transport itself refuses, in the shape of a reply; a defect of ours keeps its words. */
export function refuse(response: ServerResponse, error: unknown): void {
  const why = error instanceof Error ? error.message : String(error);
  const known = error instanceof AppError ? error : systemFault(error);
  const code = known?.code ?? 'internal';
  const message = known?.text ?? { zh: `程序内部错误：${why}`, en: `A defect of ours: ${why}` };
  const status = code === 'internal' ? 500 : code === 'file.unknown' ? 404 : code === 'file.too-large' ? 413 : 400;
  sendJson(response, { ok: false, error: { code, message } }, status);
}

/** For whoever has no token: nothing of the app, only where to find the address. */
export function refusalPage(response: ServerResponse): void {
  const text =
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>核账</title><p>请打开核账启动时打印的完整地址（带 token）。' +
    '<p lang="en">Please open the whole address that Hezhang printed when it was started (with its token).</html>';
  response.writeHead(403, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(text);
}

/** A file of the built page with its content type; undefined for anything that is missing or outside its folder. */
export async function readStatic(folder: string, pathname: string): Promise<{ bytes: Buffer; type: string } | undefined> {
  const file = staticFile(folder, pathname);
  if (file === undefined) return undefined;
  const bytes = await fs.readFile(file).catch(() => undefined);
  return bytes && { bytes, type: mime[path.extname(file)] ?? 'application/octet-stream' };
}

function staticFile(folder: string, pathname: string): string | undefined {
  try {
    const file = path.resolve(folder, `.${pathname === '/' ? '/index.html' : decodeURIComponent(pathname)}`);
    return file.startsWith(folder + path.sep) && !file.includes('\0') ? file : undefined;
  } catch {
    return undefined;
  }
}

/** Answers with a file of the built page, or 404. The page itself gets bridge.js before its own script. */
export async function sendStatic(response: ServerResponse, folder: string, pathname: string): Promise<void> {
  const found = await readStatic(folder, pathname);
  if (!found) return void response.writeHead(404).end();
  // Names of assets carry a hash of what is in them.
  const caching = pathname.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-store';
  response.writeHead(200, { 'content-type': found.type, 'cache-control': caching });
  if (!found.type.startsWith('text/html')) return void response.end(found.bytes);
  response.end(found.bytes.toString().replace('<head>', '<head><script type="module" src="/bridge.js"></script>'));
}

/** A result: a PDF to look at in the tab, anything else (or with a name to save under) as a download. */
export async function sendResult(response: ServerResponse, file: string, saveAs?: string): Promise<void> {
  const stat = await fs.stat(file).catch(() => undefined);
  if (!stat?.isFile()) {
    throw new AppError('file.unknown', {
      zh: `文件已经不在了：${path.basename(file)}。请重新生成。`,
      en: `The file is gone: ${path.basename(file)}. Make it again.`,
    });
  }
  const pdf = path.extname(file).toLowerCase() === '.pdf';
  const how = pdf && saveAs === undefined ? 'inline' : 'attachment';
  const name = encodeURIComponent(saveAs ?? path.basename(file)).replaceAll("'", '%27');
  if (how === 'inline') response.setHeader('content-security-policy', pdfSecurityPolicy);
  response.writeHead(200, {
    'content-type': pdf ? 'application/pdf' : 'application/octet-stream',
    'content-length': stat.size,
    'content-disposition': `${how}; filename*=UTF-8''${name}`,
    'cache-control': 'no-store',
  });
  await pipeline(createReadStream(file), response);
}
