import { Button } from 'antd';
import { useJobs } from '../../stores/jobs.ts';
import { useTexts } from '../../stores/session.ts';
import { chooseWatched, passOver, previewFound, stopWatching, useWatch } from '../../stores/watch.ts';

/** The watched folder: what is new in it is offered, never imported by itself. */
export function WatchBar() {
  const t = useTexts().imports.watch;
  const folder = useWatch((s) => s.folder);
  const found = useWatch((s) => s.found);
  const busy = useJobs((s) => s.running !== undefined);
  if (folder === undefined && window.hezhang.host !== 'electron') return null;
  if (found.length > 0) {
    return (
      <div className="notice watch-bar" role="status">
        <span>{t.found(found.map((f) => f.name))}</span>
        <Button size="small" type="primary" disabled={busy} onClick={() => void previewFound()}>
          {t.preview}
        </Button>
        <Button size="small" onClick={passOver}>
          {t.passOver}
        </Button>
      </div>
    );
  }
  return (
    <p className="quiet watch-bar">
      {folder === undefined ? t.off : t.on(folder)}
      {folder === undefined ? (
        <Button size="small" type="link" disabled={busy} onClick={() => void chooseWatched()}>
          {t.choose}
        </Button>
      ) : (
        <Button size="small" type="link" disabled={busy} onClick={() => void stopWatching()}>
          {t.stop}
        </Button>
      )}
    </p>
  );
}
