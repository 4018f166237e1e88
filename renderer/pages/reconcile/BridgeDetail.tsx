import { Checkbox } from 'antd';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { places } from '../../../electron/contract.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Money } from '../../components/Money.tsx';
import { Section } from '../../components/Section.tsx';
import { isZero } from '../../components/amounts.ts';
import { bridgeState } from '../../components/bridge-state.ts';
import { isBuilt, type Bridge, type BuiltBridge } from '../../stores/month.ts';
import { useLanguage, useSession, useTexts } from '../../stores/session.ts';
import { endNames, kindList, pairName, stepName } from '../../texts/names.ts';
import { goInto } from './drill-route.ts';
import { pairInView } from './PairList.tsx';
import { RepaymentList } from './RepaymentList.tsx';
import { UnexplainedList } from './UnexplainedList.tsx';

/** One bridge in full: left, every step, what is unexplained, right; all with 8 decimals, so that the sum can be checked by hand. */
export function BridgeDetail({ bridges }: { readonly bridges: readonly Bridge[] }) {
  const t = useTexts();
  const language = useLanguage();
  const asked = useSession((s) => s.route.params['pair']);
  const [hideZero, setHideZero] = useState(false);
  const bridge = pairInView(bridges, asked);
  if (!bridge) return null;
  const title = pairName(bridge.pair, language);
  if (!isBuilt(bridge)) {
    return (
      <Section title={title}>
        <EmptyState
          title={t.reconcile.skipped}
          hint={bridge.skipped.because?.[language] ?? t.reconcile.missing(kindList(bridge.skipped.missing, language))}
        />
      </Section>
    );
  }
  return (
    <div className="bridge-detail">
      <Section
        title={title}
        hint={t.reconcile.closes}
        extra={
          <>
            <PlaceLinks pair={bridge.pair} />
            <Checkbox checked={hideZero} onChange={(e) => setHideZero(e.target.checked)}>
              {t.reconcile.hideZero}
            </Checkbox>
          </>
        }
      >
        <BridgeTable bridge={bridge} hideZero={hideZero} />
      </Section>
      {bridge.pair === 'bill-account' && <RepaymentList />}
      <Section title={t.reconcile.findingsOf} className="unexplained-list">
        <UnexplainedList key={bridge.pair} found={bridge.unexplainedFindings} all={bridge.found.all} />
      </Section>
    </div>
  );
}

function BridgeTable({ bridge, hideZero }: { readonly bridge: BuiltBridge; readonly hideZero: boolean }) {
  const t = useTexts();
  const language = useLanguage();
  const ends = endNames(bridge, language);
  const steps = bridge.steps.filter((s) => !hideZero || !isZero(s.amount) || s.rows > 0);
  return (
    <div className="scroll">
      <table className="table bridge-table">
        <thead>
          <tr>
            <th>{t.reconcile.step}</th>
            <th className="number">{t.reconcile.rows}</th>
            <th className="number">{t.reconcile.amount}</th>
          </tr>
        </thead>
        <tbody>
          <Row name={ends.left} amount={bridge.left.total} className="total" />
          {steps.map((s) => (
            <Row
              key={s.step}
              name={
                <StepLink pair={bridge.pair} step={s.step} name={stepName(s.step, language)} empty={isZero(s.amount) && s.rows === 0} />
              }
              amount={s.amount}
              rows={s.rows}
              className={isZero(s.amount) ? 'step zero' : 'step'}
            />
          ))}
        </tbody>
        <tfoot>
          <Row
            name={<StepLink pair={bridge.pair} step="unexplained" name={t.reconcile.unexplained} empty={bridge.found.all === 0} />}
            amount={bridge.unexplained}
            rows={bridge.found.all}
            className={bridgeState(bridge) === 'open' ? 'step open' : 'step'}
          />
          <Row name={ends.right} amount={bridge.right.total} className="total" />
        </tfoot>
      </table>
    </div>
  );
}

interface LinkProps {
  readonly pair: string;
  readonly step: string;
  readonly name: string;
  readonly empty: boolean;
}
/** A step leads to the groups behind it; arrows move between steps. One without any leads nowhere. */
function StepLink({ pair, step, name, empty }: LinkProps) {
  const t = useTexts();
  if (empty) return name;
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const all = [...(event.currentTarget.closest('table')?.querySelectorAll<HTMLElement>('button.linkish') ?? [])];
    const to = all[all.indexOf(event.currentTarget) + by];
    if (by === 0 || !to) return;
    event.preventDefault();
    to.focus();
  };
  return (
    <button
      type="button"
      className="linkish"
      title={t.reconcile.openStep(name)}
      onClick={() => goInto(pair, { step })}
      onKeyDown={onKeyDown}
    >
      {name}
    </button>
  );
}

/** The ways into all of the pair's groups. */
function PlaceLinks({ pair }: { readonly pair: string }) {
  const t = useTexts();
  return (
    <span className="place-links">
      {t.reconcile.drill.open}
      {places.map((place) => (
        <button key={place} type="button" className="linkish" onClick={() => goInto(pair, { place })}>
          {t.reconcile.drill.place[place]}
        </button>
      ))}
      <button type="button" className="linkish" onClick={() => goInto(pair, { all: true })}>
        {t.reconcile.drill.all}
      </button>
    </span>
  );
}

interface RowProps {
  readonly name: ReactNode;
  readonly amount: string;
  readonly rows?: number;
  readonly className: string;
}
function Row({ name, amount, rows, className }: RowProps) {
  return (
    <tr className={className}>
      <td>{name}</td>
      <td className="number">{rows?.toLocaleString('zh-CN')}</td>
      <td className="number">
        <Money amount={amount} as="full" />
      </td>
    </tr>
  );
}
