import { Skeleton } from 'antd';
import { useState } from 'react';
import { Money } from '../../components/Money.tsx';
import { Section } from '../../components/Section.tsx';
import { StateTag, type Tone } from '../../components/StateTag.tsx';
import { neededKinds } from '../../../electron/core/readiness.ts';
import type { Output } from '../../../electron/contract.ts';
import { useImports } from '../../stores/imports.ts';
import { useMonth } from '../../stores/month.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';
import { fileName, kindName } from '../../texts/names.ts';

type Statement = Output<'month.status'>['statements'][number];
const tones: Record<Statement['state'], Tone> = { present: 'good', missing: 'quiet', stale: 'attention', partial: 'attention' };

/** Which files of the month are here; what is optional and absent stays folded away. */
export function FileChecklist() {
  const t = useTexts();
  const statements = useMonth((s) => s.status.value?.statements);
  const [all, setAll] = useState(false);
  if (!statements) {
    return (
      <Section title={t.month.files} className="files">
        <div className="pad">
          <Skeleton active paragraph={{ rows: 10 }} />
        </div>
      </Section>
    );
  }
  const required = (s: Statement) => neededKinds.includes(s.kind);
  const absent = statements.filter((s) => s.state === 'missing' && !required(s));
  const listed = all ? statements : statements.filter((s) => s.state !== 'missing' || required(s));
  const wanted = statements.filter(required);
  return (
    <Section
      title={t.month.files}
      extra={<span className="quiet">{t.month.filesCount(wanted.filter((s) => s.state !== 'missing').length, wanted.length)}</span>}
      className="files"
    >
      <table className="table">
        <thead>
          <tr>
            <th>{t.month.fileColumns.kind}</th>
            <th>{t.month.fileColumns.state}</th>
            <th className="number">{t.month.fileColumns.rows}</th>
            <th className="number tailed">{t.month.fileColumns.total}</th>
          </tr>
        </thead>
        <tbody>
          {listed.map((s) => (
            <StatementRow key={s.kind} statement={s} tone={s.state === 'missing' && required(s) ? 'attention' : tones[s.state]} />
          ))}
        </tbody>
      </table>
      {!all && absent.length > 0 && (
        <button type="button" className="linkish pad" onClick={() => setAll(true)}>
          {t.month.showOptional(absent.length)}
        </button>
      )}
    </Section>
  );
}

function StatementRow({ statement: s, tone }: { readonly statement: Statement; readonly tone: Tone }) {
  const t = useTexts();
  const language = useLanguage();
  const history = useImports((i) => i.history.value);
  const files = s.imports.flatMap((id) => history?.filter((h) => h.importId === id).map((h) => fileName(h.path)) ?? []);
  const named = files.length > 1 ? t.month.manyFiles(files[0]!, files.length) : files[0];
  const source = [s.note?.[language], named].filter(Boolean).join(' ');
  const whole = [s.note?.[language], ...files].filter(Boolean).join('\n');
  return (
    <tr className={source === '' ? '' : 'sourced'}>
      <td className="file-cell">
        <div>{kindName(s.kind, language)}</div>
        {source !== '' && (
          <div className="file-source" title={whole}>
            {source}
          </div>
        )}
      </td>
      <td>
        <StateTag tone={tone}>{t.month.state[s.state]}</StateTag>
      </td>
      <td className="number">{s.state === 'missing' ? '' : s.rows.toLocaleString('zh-CN')}</td>
      <td className="number">{s.total !== undefined && <Money amount={s.total} as="aligned" />}</td>
    </tr>
  );
}
