import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [exe, ...raw] = process.argv.slice(2);
process.argv = [exe, ...raw];
Object.defineProperty(process.versions, 'electron', { value: '0.0.0-stand-in', enumerable: true });
Object.defineProperty(process, 'type', { value: 'browser' });

const electron = await import('./electron.ts');
const require = createRequire(import.meta.url);
for (let i = 0; i < raw.length; i++) if (raw[i] === '-r' || raw[i] === '--require') require(path.resolve(raw[i + 1]));

// The first plain argument is the application, as with Electron itself.
const rest = [];
for (let i = 0; i < raw.length; i++) {
  if (raw[i] === '-r' || raw[i] === '--require') i++;
  else rest.push(raw[i]);
}
const appArg = rest.find((a) => !a.startsWith('-')) ?? '.';
let dir = path.resolve(appArg);
let main = dir;
if (fs.statSync(dir).isDirectory()) {
  const pkg = JSON.parse(fs.readFileSync(path.join(dir, 'package.json'), 'utf8'));
  electron.__standIn.setApp({ dir, name: pkg.productName ?? pkg.name, version: pkg.version });
  main = path.join(dir, pkg.main ?? 'index.js');
}
for (const a of rest) {
  const m = /^--([^=]+)(?:=(.*))?$/.exec(a);
  if (m && !m[1].startsWith('inspect')) electron.app.commandLine.appendSwitch(m[1], m[2] ?? '');
}
await import(pathToFileURL(main).href);
await electron.__standIn.start();
