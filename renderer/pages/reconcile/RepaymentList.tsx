import { Checkbox } from 'antd';
import { useEffect } from 'react';
import { Money } from '../../components/Money.tsx';
import { Section } from '../../components/Section.tsx';
import { allot, openTyped, useTyped } from '../../stores/deadlines.ts';
import { useSession, useTexts } from '../../stores/session.ts';

/** Entries of later months that may repay this month's bill: the statements do not say which month, so a person ticks it. */
export function RepaymentList() {
  const t = useTexts();
  const cycle = useSession((s) => s.cycle);
  const known = useTyped((s) => s.repayments.value);
  useEffect(() => {
    if (cycle !== undefined) openTyped(cycle);
  }, [cycle]);
  if (!known || known.billingCycle !== cycle || known.repayments.length === 0) return null;
  const w = t.deadlines;
  return (
    <Section title={w.repayments} hint={known.due === undefined ? w.noDueDate : w.due(known.due)} className="repayments">
      <div className="scroll">
        <table className="table">
          <tbody>
            {known.repayments.map((r) => (
              <tr key={`${r.account}|${r.flow}`}>
                <td>
                  <Checkbox checked={r.allotted} onChange={(e) => void allot(cycle, r, e.target.checked)}>
                    {w.repays(cycle)}
                  </Checkbox>
                </td>
                <td className="nowrap">{r.at}</td>
                <td>{w.accounts[r.account] ?? r.account}</td>
                <td>{r.detail}</td>
                <td>
                  <code className="code">{r.flow}</code>
                </td>
                <td className="number">
                  <Money amount={r.amount} as="aligned" />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
