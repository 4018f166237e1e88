import { Button } from 'antd';
import { unqueue, useImports } from '../../stores/imports.ts';
import { useTexts } from '../../stores/session.ts';

/** What was dropped while a job is running, in the order in which it will be previewed; nothing where nothing waits. */
export function Queue() {
  const t = useTexts();
  const queue = useImports((s) => s.queue);
  if (queue.length === 0) return null;
  return (
    <section className="notice queue" aria-label={t.imports.queue}>
      <div>
        <b>{t.imports.queue}</b> <span className="quiet">{t.imports.queueHint}</span>
      </div>
      <ol>
        {queue.map(({ token, name }) => (
          <li key={token}>
            <span className="cut" title={name}>
              {name}
            </span>
            <Button
              size="small"
              type="link"
              className="in-row"
              aria-label={`${t.imports.queueRemove} ${name}`}
              onClick={() => unqueue(token)}
            >
              {t.imports.queueRemove}
            </Button>
          </li>
        ))}
      </ol>
    </section>
  );
}
