import type { EventPayload } from '../contract.ts';
import type { Text } from '../core/finding.ts';

const style = `
  body { margin: 0; padding: 22px 26px; color: #1f2933; font: 13px/1.6 'Microsoft YaHei', 'PingFang SC', 'Noto Sans CJK SC', 'Segoe UI', sans-serif; }
  h1 { margin: 0 0 10px; font-size: 16px; }
  p { margin: 0 0 10px; overflow-wrap: anywhere; }
  .quiet { color: #5b6773; }
  progress { width: 100%; height: 10px; margin: 4px 0; accent-color: #1f5f99; }`;

const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

const stepNames: Readonly<Record<string, Text>> = {
  copy: { zh: '备份数据库', en: 'copying the database' },
  change: { zh: '整理数据库', en: 'changing the database' },
};

/** What the window shows while a workspace of an older version is upgraded: a page of text alone, in both languages, for the setting cannot be read yet. */
export function upgradePage(words: Text, progress?: EventPayload<'progress'>): string {
  const at = (progress?.done ?? 0) + 1;
  const name = stepNames[progress?.stage ?? 'copy'];
  const total = progress?.total;
  const step = total === undefined ? '' : `第 ${at} 步，共 ${total} 步：${name?.zh ?? ''}　/　Step ${at} of ${total}: ${name?.en ?? ''}`;
  // Without a value it moves by itself: of a single step nobody knows how far it is.
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>核账</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><style>${style}</style></head>
<body><main><h1>正在升级工作区　Upgrading the workspace</h1><p>${escaped(words.zh)}</p><p class="quiet" lang="en">${escaped(words.en)}</p>
<progress aria-label="正在升级"></progress><p role="status">${escaped(step)}</p></main></body></html>`;
}
