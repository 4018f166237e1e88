/** What the tests need from the system: a Chromium, a Chinese font, and the tools that look into a PDF. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

const runs = (program, args) => {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' });
  return status === 0 ? stdout : undefined;
};

/** Each need: how to see that it is met, Debian's packages for it, and what it is in words. */
const needs = [
  { met: () => fs.existsSync('/usr/bin/chromium'), packages: ['chromium'], what: 'Chromium (/usr/bin/chromium)' },
  {
    met: () => Boolean(runs('fc-list', [':lang=zh-cn'])?.trim()),
    packages: ['fontconfig', 'fonts-noto-cjk'],
    what: 'a Chinese font (Noto CJK)',
  },
  { met: () => runs('pdftotext', ['-v']) !== undefined, packages: ['poppler-utils'], what: 'poppler (pdftotext, pdftoppm)' },
];

/** Installs what is missing where this is root on Debian; on another Linux ends the process with what to install. Other systems have their own Chrome. */
export function ensureSystem() {
  if (process.platform !== 'linux') return;
  const missing = needs.filter((need) => !need.met());
  if (missing.length === 0) return;
  const packages = missing.flatMap((need) => need.packages);
  if (fs.existsSync('/usr/bin/apt-get') && process.getuid() === 0 && aptInstall(packages)) return;
  process.stderr.write(
    `测试还缺少：${missing.map((need) => need.what).join('、')}。Debian / Ubuntu：sudo apt-get install ${packages.join(' ')}\n` +
      `The tests still need: ${missing.map((need) => need.what).join(', ')}. On Debian or Ubuntu: sudo apt-get install ${packages.join(' ')}\n`,
  );
  process.exit(1);
}

function aptInstall(packages) {
  const apt = (...args) =>
    spawnSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  process.stderr.write(`apt-get install ${packages.join(' ')}\n`);
  apt('update');
  return apt('install', '-y', '--no-install-recommends', ...packages).status === 0;
}
