/** Builds dist/: `node scripts/build.ts [node] [renderer]`, everything when nothing is named. */
import fs from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { main, pdfjs, pdfjsFolder, preload, renderer } from './vite.ts';

const root = path.resolve(import.meta.dirname, '..');
const named = process.argv.slice(2);
const wants = (part: string) => named.length === 0 || named.includes(part);
const fonts = 'node_modules/@expo-google-fonts/noto-sans-sc';
const cmaps = 'node_modules/pdfjs-dist/cmaps';
const began = new Date();

try {
  const configs = [...(wants('node') ? [main, preload] : []), ...(wants('renderer') ? [renderer] : [])];
  await Promise.all(configs.map((config) => build({ logLevel: 'warn', ...config })));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
if (wants('node')) {
  copy('db/migrations', 'dist/main/migrations');
  copy('electron/sample', 'dist/sample');
  for (const weight of ['400Regular', '700Bold'])
    copy(`${fonts}/${weight}/NotoSansSC_${weight}.ttf`, `dist/fonts/${weight}/NotoSansSC_${weight}.ttf`);
  copy(`${fonts}/LICENSE_FONT`, 'dist/fonts/LICENSE');
  // Of the character maps of Asian fonts, those of simplified Chinese.
  for (const name of fs.readdirSync(path.join(root, cmaps)).filter((file) => /^(Adobe-GB|GB|UniGB)|^LICENSE$/.test(file)))
    copy(`${cmaps}/${name}`, `dist/cmaps/${name}`);
  stamp('dist/main');
}
// For both: the main process loads it from beside the page, whose build empties its folder.
for (const name of pdfjs) copy(path.join(pdfjsFolder, name), `dist/renderer/pdfjs/${name}`);
copy('node_modules/pdfjs-dist/LICENSE', 'dist/renderer/pdfjs/LICENSE');
if (wants('renderer')) stamp('dist/renderer');

function copy(from: string, to: string): void {
  fs.rmSync(path.join(root, to), { recursive: true, force: true });
  fs.cpSync(path.resolve(root, from), path.join(root, to), { recursive: true });
}

/** The time at which the build began, so that a source saved during it counts as newer. */
function stamp(folder: string): void {
  const file = path.join(root, folder, '.built');
  fs.writeFileSync(file, '');
  fs.utimesSync(file, began, began);
}
