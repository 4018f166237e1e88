import { Input } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { noticeSubjects, subjectName } from '../../../electron/core/deadline.ts';
import { Section } from '../../components/Section.tsx';
import { StateTag, type Tone } from '../../components/StateTag.tsx';
import { shown } from '../../components/amounts.ts';
import { openTyped, typeDeadline, useTyped, type Deadlines as Known } from '../../stores/deadlines.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';

type Deadline = Known['deadlines'][number];

/** 期限: the dates typed from the mails, edited in place, counting down. An emptied date is forgotten. */
export function Deadlines({ cycle }: { readonly cycle: string }) {
  const t = useTexts();
  const language = useLanguage();
  const known = useTyped((s) => s.deadlines.value);
  useEffect(() => openTyped(cycle), [cycle]);
  const deadlines = known?.billingCycle === cycle ? known.deadlines : [];
  const subjects = [...new Set<string>([...noticeSubjects, ...deadlines.map((d) => d.subject)])];
  return (
    <Section title={t.deadlines.title} hint={t.deadlines.hint} className="deadlines">
      <table className="table">
        <tbody>
          {subjects.map((subject) => {
            const deadline = deadlines.find((d) => d.subject === subject);
            const name = subjectName(subject)[language];
            return (
              <tr key={subject}>
                <td>{name}</td>
                <td className="deadline-date">
                  <DateField
                    key={deadline?.date ?? ''}
                    label={name}
                    date={deadline?.date ?? ''}
                    onType={(d) => typeDeadline(cycle, subject, d)}
                  />
                </td>
                <td className="nowrap">{deadline && <Left deadline={deadline} />}</td>
              </tr>
            );
          })}
          <NewDeadline key={subjects.length} cycle={cycle} />
        </tbody>
      </table>
    </Section>
  );
}

/** How many days are left, and what is still to be sent by then. */
function Left({ deadline: { daysLeft, open, openAmount } }: { readonly deadline: Deadline }): ReactNode {
  const t = useTexts();
  const tone: Tone = open === 0 ? 'quiet' : daysLeft < 0 ? 'alarm' : daysLeft <= 7 ? 'attention' : 'plain';
  return (
    <span className="deadline-left">
      <StateTag tone={tone}>{t.deadlines.left(daysLeft)}</StateTag>
      <span className="quiet" title={shown(openAmount)}>
        {t.deadlines.open(open)}
      </span>
    </span>
  );
}

interface FieldProps {
  readonly label: string;
  readonly date: string;
  /** False where the date was refused: it stays to be corrected. */
  readonly onType: (date: string) => Promise<boolean>;
}

/** Stored on Enter or when it is left; Escape takes the typing back. */
function DateField({ label, date, onType }: FieldProps) {
  const t = useTexts();
  const [text, setText] = useState(date);
  const [refused, setRefused] = useState(false);
  const store = async () => {
    if (text.trim() !== date) setRefused(!(await onType(text)));
  };
  return (
    <Input
      aria-label={t.deadlines.dateOf(label)}
      placeholder={t.deadlines.datePlaceholder}
      value={text}
      {...(refused && { status: 'error' as const })}
      maxLength={10}
      onChange={(e) => setText(e.target.value)}
      onPressEnter={(e) => e.currentTarget.blur()}
      onKeyDown={(e) => e.key === 'Escape' && setText(date)}
      onBlur={() => void store()}
    />
  );
}

/** Another date under a name of one's own; stored once both are there. */
function NewDeadline({ cycle }: { readonly cycle: string }) {
  const t = useTexts();
  const [name, setName] = useState('');
  return (
    <tr>
      <td>
        <Input
          aria-label={t.deadlines.other}
          placeholder={t.deadlines.other}
          value={name}
          maxLength={40}
          onChange={(e) => setName(e.target.value)}
        />
      </td>
      <td className="deadline-date" colSpan={2}>
        {name.trim() !== '' && <DateField label={name} date="" onType={(date) => typeDeadline(cycle, name, date)} />}
      </td>
    </tr>
  );
}
