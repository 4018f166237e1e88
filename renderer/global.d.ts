import type { WindowApi } from '../electron/window-api.ts';

declare global {
  interface Window {
    readonly hezhang: WindowApi;
  }
}
