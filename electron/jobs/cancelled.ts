import { AppError } from '../errors.ts';
import type { Job } from './protocol.ts';
import { counted } from '../core/display-count.ts';

/** A job that the person stopped, and what of it stands: an import keeps the files that it had finished (`committed`, also in the details). */
export function cancelled(job: Job, committed: number): AppError {
  if (committed === 0) return new AppError('cancelled', { zh: '已取消，数据没有改动。', en: 'Cancelled; nothing was changed.' });
  if (job.name !== 'import')
    return new AppError('cancelled', {
      zh: '取消得晚了：已经做完，结果有效。',
      en: 'Too late to cancel: it was done already, and stands.',
    });
  return new AppError(
    'cancelled',
    {
      zh: `已取消：此前做完的 ${committed} 个文件已经导入（见导入历史，可撤销），其余没有导入。`,
      en: `Cancelled: ${counted(committed, 'file finished before it is', 'files finished before it are')} imported (see the history, where each can be undone); the rest was not.`,
    },
    { imported: committed },
  );
}
