import { CopyOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { KeyHelp } from '../../components/KeyHelp.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { askFor, disputes, useDisputes } from '../../stores/disputes.ts';
import { useTexts } from '../../stores/session.ts';
import { PackButton } from './PackButton.tsx';
import { useCopyTexts } from './use-copy-texts.ts';

const search = (text: string | undefined) => askFor({ search: text });
const chosenKeys = async () => (await disputes.chosen()).map((d) => d.key);

/** Which months, search, and what goes to the vendor: the texts and the pack. */
export function DisputeBar({ cycle }: { readonly cycle: string }) {
  const t = useTexts();
  const asked = useDisputes((s) => s.question);
  const total = useDisputes((s) => s.answer?.total ?? 0);
  const range = useDisputes((s) => s.range);
  const chunks = useDisputes((s) => s.chunks);
  const copyTexts = useCopyTexts();
  const all = asked?.billingCycle === undefined;
  const n = total === 0 ? 0 : Math.abs(range.cursor - range.anchor) + 1;
  // A pack is of one month: the one of the row with the cursor.
  const monthOfRow = chunks.size > 0 ? disputes.rowAt(disputes.store.getState(), range.cursor)?.billingCycle : undefined;
  return (
    <div className="filter-bar" role="search">
      <Segmented
        aria-label={t.disputes.months.label}
        value={all ? 'all' : 'one'}
        options={[
          { value: 'one', label: cycle },
          { value: 'all', label: t.disputes.months.all },
        ]}
        onChange={(v) => askFor({ billingCycle: v === 'all' ? undefined : cycle })}
      />
      <SearchField
        id="disputes-search"
        label={t.findings.search}
        what={t.disputes.searchWhat}
        search={asked?.search ?? ''}
        onSearch={search}
      />
      <span className="push" />
      {n > 1 && (
        <Button icon={<CopyOutlined />} title="T" onClick={copyTexts}>
          {t.disputes.copyTexts(n)}
        </Button>
      )}
      {n > 1 && (
        <PackButton cycle={monthOfRow ?? cycle} chosen={chosenKeys} hint={t.disputes.packChosenHint}>
          {t.disputes.packChosen(n)}
        </PackButton>
      )}
      <PackButton cycle={cycle} hint={t.findings.packHint}>
        {t.findings.pack}
      </PackButton>
      <KeyHelp title={t.disputes.helpTitle} rows={t.disputes.helpRows} />
    </div>
  );
}
