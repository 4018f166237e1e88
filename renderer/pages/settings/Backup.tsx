import { App as Messages, Button } from 'antd';
import { call, fileFailure } from '../../api.ts';
import { Section } from '../../components/Section.tsx';
import { jobs, run, useJobs } from '../../stores/jobs.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';

/** The workspace in one file, back from one, and a check of what is kept. Failures of the jobs stand in the window's own notice. */
export function Backup() {
  const t = useTexts();
  const language = useLanguage();
  const { message, modal } = Messages.useApp();
  const busy = useJobs((s) => s.running !== undefined);
  const { files } = window.hezhang;
  const tell = (error: unknown) => jobs.setState({ error: fileFailure(error) });
  const list = (title: string, lines: readonly { readonly zh: string; readonly en: string }[]) => {
    if (lines.length === 0) return;
    const content = (
      <ul>
        {lines.map((line) => (
          <li key={line.en}>{line[language]}</li>
        ))}
      </ul>
    );
    void modal.warning({ title, content, okText: t.common.close, width: 640 });
  };
  const backUp = async () => {
    const made = await run('backup', () => call('workspace.backup', {}));
    if (!made || !(await files.save(made.token, made.name))) return;
    void message.success(t.backup.backedUp(made.originals));
    list(t.backup.notes, made.notes);
  };
  const restore = async (token: string) => {
    const done = await run('restore', () => call('workspace.restore', { token }));
    if (!done) return;
    void message.success(t.backup.restored(done.at, done.previous), 10);
    list(t.backup.notes, done.notes);
  };
  const ask = async () => {
    const [chosen] = await files.choose({});
    if (!chosen) return;
    const content = t.backup.restoreWhat(chosen.name);
    // The job shows itself at the foot of the window: the question does not wait for its end.
    modal.confirm({
      title: t.backup.restoreTitle,
      content,
      okText: t.backup.doRestore,
      cancelText: t.common.cancel,
      onOk: () => void restore(chosen.token),
    });
  };
  const verify = async () => {
    const { ok, checked, faults } = await call('workspace.verify', {});
    if (ok) void message.success(t.backup.sound(checked.files, checked.journal));
    list(
      t.backup.faults(faults.length),
      faults.map(({ text }) => text),
    );
  };
  return (
    <Section title={t.backup.title} hint={t.backup.hint}>
      <div className="pad backup-actions">
        <Button disabled={busy} onClick={() => void backUp().catch(tell)}>
          {t.backup.backUp}
        </Button>
        <Button disabled={busy} onClick={() => void ask().catch(tell)}>
          {t.backup.restore}
        </Button>
        <Button disabled={busy} onClick={() => void verify().catch(tell)}>
          {t.backup.verify}
        </Button>
      </div>
    </Section>
  );
}
