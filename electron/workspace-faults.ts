import { AppError } from './errors.ts';
import { systemFault } from './system-faults.ts';

/** Why the workspace cannot be opened, where that is its fault and not ours; undefined for anything else. */
export function workspaceFault(folder: string, error: unknown): AppError | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof AppError && error.code === 'cancelled') return error;
  if (error.name === 'NewerDatabase') {
    return new AppError('workspace.newer', {
      zh: `工作区 ${folder} 是更新版本的核账写的，本版本不能打开（${error.message}）：请升级核账，数据没有改动`,
      en: `A newer version of Hezhang wrote the workspace ${folder} (${error.message}): update Hezhang; nothing was changed`,
    });
  }
  const why = error instanceof AppError ? error : systemFault(error, [folder]);
  if (!why) return undefined;
  const { code } = error as { readonly code?: unknown };
  const system = error instanceof AppError ? ['', ''] : [`（${String(code)}）`, ` (${String(code)})`];
  return new AppError(
    'workspace.unusable',
    {
      zh: `工作区 ${folder} 打不开${system[0]}：${why.text.zh}`,
      en: `The workspace ${folder} cannot be opened${system[1]}: ${why.text.en}`,
    },
    why.details,
  );
}
