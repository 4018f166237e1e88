import fs from 'node:fs';
import path from 'node:path';

/** Folders that ship with the app and are read at run time. */
export type Resource = 'migrations' | 'fonts' | 'cmaps' | 'sample' | 'renderer';

const here = import.meta.dirname;
const root = topFolder(here);
const built = path.relative(root, here).split(path.sep)[0] === 'dist';

/** Where the build puts them (`scripts/build.ts`), and where they stand among the sources. */
const folders: Record<Resource, string> = built
  ? { migrations: 'dist/main/migrations', fonts: 'dist/fonts', cmaps: 'dist/cmaps', sample: 'dist/sample', renderer: 'dist/renderer' }
  : {
      migrations: 'db/migrations',
      fonts: 'node_modules/@expo-google-fonts/noto-sans-sc',
      cmaps: 'node_modules/pdfjs-dist/cmaps',
      sample: 'electron/sample',
      renderer: 'dist/renderer',
    };

/** The absolute path of a shipped folder, or of something in it: among the sources, in `dist/`, and inside app.asar. */
export function resourcePath(resource: Resource, ...segments: string[]): string {
  return path.join(root, folders[resource], ...segments);
}

/** All of them, as `createApp` takes them. Fonts are `<weight>/NotoSansSC_<weight>.ttf` with the weights 400Regular and 700Bold. */
export const resources: Readonly<Record<Resource, string>> = {
  migrations: resourcePath('migrations'),
  fonts: resourcePath('fonts'),
  cmaps: resourcePath('cmaps'),
  sample: resourcePath('sample'),
  renderer: resourcePath('renderer'),
};

/** The nearest folder above that holds a package.json: the repository, or app.asar. Chunks of the bundle stand deeper than its entries. */
function topFolder(start: string): string {
  for (let folder = start; ; folder = path.dirname(folder)) {
    if (fs.existsSync(path.join(folder, 'package.json'))) return folder;
    if (folder === path.dirname(folder)) throw new Error(`no package.json above ${start}`);
  }
}
