import { AppError } from '../errors.ts';
import type { Job } from './protocol.ts';

/** A job that the person stopped, and what of it stands: an import keeps the files that it had finished. */
export const cancelled = (job: Job): AppError =>
  new AppError(
    'cancelled',
    job.name === 'import' && !job.dryRun
      ? {
          zh: '已取消：还没做完的文件没有导入；在它之前做完的已经导入，见导入历史。',
          en: 'Cancelled: the file at hand was not imported; those finished before it were, see the import history.',
        }
      : { zh: '已取消，数据没有改动。', en: 'Cancelled; nothing was changed.' },
  );
