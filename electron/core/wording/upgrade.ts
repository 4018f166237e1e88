import type { Text } from '../finding.ts';

const mega = 1e6;
/** Bytes a second that are copied, read and sorted: on a slow hard disk, and on a fast one. */
const slow = 25 * mega;
const fast = 250 * mega;

/** What happens to a workspace of an older version before it can be opened, and between what times that may last. */
export function upgradeWords(workspace: string, { from, bytes }: { readonly from: number; readonly bytes: number }): Text {
  const size = bytes < 1000 * mega ? `${Math.ceil(bytes / mega)} MB` : `${Math.round(bytes / mega / 100) / 10} GB`;
  const copy = `backups/before-migration-${from}.db`;
  const long = duration(bytes / fast, bytes / slow);
  return {
    zh: `工作区 ${workspace} 是旧版本的核账写的，打开前先升级一次：数据库（${size}）先备份到 ${copy}，再整理成新版本的样子。${long.zh}，请不要关闭；中断也不会损坏数据，下次打开会重新升级。`,
    en: `An older version of Hezhang wrote the workspace ${workspace}; it is upgraded once before it opens: the database (${size}) is copied to ${copy}, then changed for this version. ${long.en}; please do not close it. Interrupting damages nothing: the next opening upgrades anew.`,
  };
}

function duration(least: number, most: number): Text {
  if (most < 10) return { zh: '需要几秒钟', en: 'This takes a few seconds' };
  const [a, b] = [spell(least), spell(most)];
  return { zh: `视硬盘快慢需要 ${a.zh}到 ${b.zh}`, en: `This takes from ${a.en} to ${b.en}, as the disk is fast or slow` };
}

const spell = (seconds: number): Text => {
  const whole = Math.max(1, Math.ceil(seconds));
  if (whole < 90) return { zh: `${whole} 秒`, en: whole === 1 ? '1 second' : `${whole} seconds` };
  const minutes = Math.ceil(seconds / 60);
  return { zh: `${minutes} 分钟`, en: `${minutes} minutes` };
};
