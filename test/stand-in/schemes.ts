import { strict } from './strict.ts';
import { life } from './surroundings.ts';

type Handler = (request: Request) => Response | Promise<Response>;
const handlers = new Map<string, Handler>();
export const suffix = 'stand-in.invalid';

/** Chromium has no custom schemes to give: app://bundle/x is served as https://bundle.app.stand-in.invalid/x. */
export const outward = (url: string): string =>
  url.replace(/^([a-z][a-z0-9+.-]*):\/\/([^/]*)/, (all, scheme: string, host: string) =>
    handlers.has(scheme) ? `https://${host}.${scheme}.${suffix}` : all,
  );
export const inward = (url: string): string => url.replace(/^https:\/\/([^/]*)\.([a-z][a-z0-9+-]*)\.stand-in\.invalid/, '$2://$1');

/** What the app's own handler answers for an address of its scheme. */
export async function answer(url: string, init: RequestInit): Promise<Response> {
  const handler = handlers.get(new URL(url).protocol.slice(0, -1));
  if (!handler) throw new Error(`no handler for ${url}`);
  const request = new Request(outward(url), init);
  Object.defineProperty(request, 'url', { value: url });
  return handler(request);
}

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(_schemes) {
    if (life.ready) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
  },
  handle(scheme, handler) {
    if (!life.ready) throw new Error('protocol.handle needs app to be ready');
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    handlers.set(scheme, handler as unknown as Handler);
  },
} satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>);
