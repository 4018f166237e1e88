import { Button } from 'antd';
import { useState } from 'react';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Section } from '../../components/Section.tsx';
import { useJobs } from '../../stores/jobs.ts';
import {
  chooseFiles,
  commit,
  discard,
  imports,
  isAnswered,
  isUnfinished,
  keyOf,
  resume,
  useImports,
  type ImportedFile,
} from '../../stores/imports.ts';
import { go, useTexts } from '../../stores/session.ts';
import { FileCounts } from './FileCounts.tsx';
import { FileDetails } from './FileDetails.tsx';
import { FileTable } from './FileTable.tsx';
import { History } from './History.tsx';
import { Queue } from './Queue.tsx';
import { RememberedMappings } from './RememberedMappings.tsx';
import { WatchBar } from './WatchBar.tsx';

/** 导入: drop or choose, see what each file is and what cannot be read, then write it; below, what was imported before. */
export function ImportPage() {
  const phase = useImports((s) => s.phase);
  const error = useImports((s) => s.error);
  return (
    <>
      {error && <ErrorNotice error={error} onClose={() => imports.setState({ error: undefined })} />}
      <WatchBar />
      <Queue />
      {phase === 'idle' && <DropZone />}
      {phase === 'previewing' && <Previewing />}
      {(phase === 'preview' || phase === 'done') && <Files done={phase === 'done'} />}
      <History />
      <RememberedMappings />
    </>
  );
}

function DropZone() {
  const t = useTexts();
  return (
    <div className="drop-zone">
      <EmptyState title={t.imports.drop} hint={t.imports.dropHint}>
        <Button type="primary" onClick={() => void chooseFiles(false)}>
          {t.imports.chooseFiles}
        </Button>
        <Button onClick={() => void chooseFiles(true)}>{t.imports.chooseFolder}</Button>
      </EmptyState>
    </div>
  );
}

function Previewing() {
  const t = useTexts();
  return (
    <div className="drop-zone" role="status">
      <EmptyState title={t.imports.previewing} hint={t.imports.previewNothing} />
    </div>
  );
}

const canCommit = (f: ImportedFile) => f.status === 'previewed';

function Files({ done }: { readonly done: boolean }) {
  const t = useTexts();
  const files = useImports((s) => s.files);
  const busy = useJobs((s) => s.running !== undefined);
  const [choice, setChoice] = useState<string>();
  // A file read again after an answer stays the chosen one.
  const chosen = Math.max(
    0,
    files.findIndex((f) => keyOf(f) === choice),
  );
  const answers = useImports((s) => s.answers);
  const leftOut = useImports((s) => s.leftOut);
  const ready = files.filter((f) => canCommit(f) && !leftOut.has(keyOf(f))).length;
  const asked = files.filter((f) => canCommit(f) && !isAnswered(f, answers, leftOut));
  const left = files.filter(isUnfinished).length;
  const cycle = files
    .flatMap((f) => f.sheets.flatMap((s) => s.billingCycles))
    .toSorted()
    .at(-1);
  return (
    <div className="import-columns">
      <Section
        title={done ? t.imports.result : t.imports.previewTitle}
        hint={done ? undefined : t.imports.previewNothing}
        extra={
          done ? (
            <>
              {left > 0 && (
                <Button type="primary" onClick={resume}>
                  {t.imports.resume(left)}
                </Button>
              )}
              {cycle !== undefined && (
                <Button type={left > 0 ? 'default' : 'primary'} onClick={() => go('month', { cycle })}>
                  {t.imports.toMonth(cycle)}
                </Button>
              )}
              <Button onClick={discard}>{t.imports.resultDone}</Button>
            </>
          ) : (
            <>
              <Button disabled={busy} onClick={discard}>
                {t.imports.discard}
              </Button>
              {asked[0] ? (
                <Button type="primary" disabled={busy} onClick={() => setChoice(keyOf(asked[0]!))}>
                  {t.imports.commitAnswer(asked.length)}
                </Button>
              ) : (
                <Button type="primary" disabled={busy || ready === 0} onClick={() => void commit()}>
                  {ready === 0 ? t.imports.commitNone : t.imports.commit(ready)}
                </Button>
              )}
            </>
          )
        }
      >
        <FileCounts />
        <FileTable files={files} chosen={chosen} onChoose={(index) => setChoice(files[index] && keyOf(files[index]))} />
      </Section>
      <Section title={t.imports.details} className="file-details">
        {files[chosen] ? (
          <FileDetails key={chosen} file={files[chosen]} open={!done} />
        ) : (
          <p className="pad quiet">{t.imports.detailsNone}</p>
        )}
      </Section>
    </div>
  );
}
