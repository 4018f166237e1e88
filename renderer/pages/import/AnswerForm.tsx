import { Button, Checkbox, Form, Input, Select } from 'antd';
import { kinds, type Kind } from '../../../electron/core/kinds.ts';
import { readTypedCycle } from '../../routes.ts';
import { answer, useImports, type Answers, type ImportedFile } from '../../stores/imports.ts';
import { useJobs } from '../../stores/jobs.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';
import { kindName } from '../../texts/names.ts';

interface Fields {
  readonly kind?: Kind;
  readonly cycle?: string;
  readonly account?: 'recharge' | 'credit';
  readonly empty?: boolean;
}

/** What a file cannot say of itself: its kind, its month, its account. */
export function AnswerForm({ file }: { readonly file: ImportedFile }) {
  const t = useTexts();
  const language = useLanguage();
  const busy = useJobs((s) => s.running !== undefined);
  const { token } = file;
  const given = useImports((s) => (token === undefined ? undefined : s.answers[token]));
  const mapped = useImports((s) => file.sheets.some((sheet) => sheet.signature !== undefined && s.mappings[sheet.signature]));
  if (token === undefined) return null;
  const send = (fields: Fields) => {
    const cycle = fields.cycle === undefined ? undefined : readTypedCycle(fields.cycle);
    // Columns mapped by hand say the kind already.
    const answers: Answers = {
      kind: mapped ? undefined : fields.kind,
      cycle,
      account: fields.account,
      ...(fields.empty && { empty: true }),
    };
    void answer(token, answers);
  };
  const guessed = file.sheets.map((s) => s.kind ?? s.likelyKind).find((k) => k !== undefined);
  return (
    <Form<Fields>
      className="answer-form"
      layout="inline"
      onFinish={send}
      initialValues={{ ...(guessed ? { kind: guessed } : {}), ...given }}
    >
      <b>{t.imports.answerTitle}</b>
      <Form.Item name="kind" label={t.imports.answerKind}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          style={{ width: 170 }}
          options={kinds.map((k) => ({ value: k, label: kindName(k, language) }))}
        />
      </Form.Item>
      <Form.Item
        name="cycle"
        label={t.imports.answerCycle}
        rules={[
          { validator: (_, v?: string) => (!v || readTypedCycle(v) ? Promise.resolve() : Promise.reject(new Error(t.cycle.notACycle))) },
        ]}
      >
        <Input style={{ width: 100 }} placeholder="2025-09" />
      </Form.Item>
      <Form.Item name="account" label={t.imports.answerAccount}>
        <Select
          allowClear
          style={{ width: 130 }}
          options={(['recharge', 'credit'] as const).map((a) => ({ value: a, label: t.imports.account[a] }))}
        />
      </Form.Item>
      {(file.reasonCode === 'sheet.empty' || given?.empty) && (
        <Form.Item name="empty" valuePropName="checked">
          <Checkbox>{t.imports.answerEmpty}</Checkbox>
        </Form.Item>
      )}
      <Button htmlType="submit" type="primary" disabled={busy}>
        {t.imports.answerAgain}
      </Button>
    </Form>
  );
}
