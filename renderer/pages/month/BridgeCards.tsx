import { Skeleton } from 'antd';
import { useMemo } from 'react';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { NotReconciled } from '../../components/NotReconciled.tsx';
import { Section } from '../../components/Section.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { Waterfall } from '../../components/Waterfall.tsx';
import { shown } from '../../components/amounts.ts';
import { bridgeState } from '../../components/bridge-state.ts';
import { waterfallBars } from '../../components/waterfall-bars.ts';
import { isBuilt, useMonth, type Bridge, type BuiltBridge } from '../../stores/month.ts';
import { go, useLanguage, useTexts } from '../../stores/session.ts';
import { endNames, kindList, pairName, stepName } from '../../texts/names.ts';

/** Every pair of statements as a waterfall; pairs that lack a side say what is missing. */
export function BridgeCards() {
  const t = useTexts();
  const bridges = useMonth((s) => s.bridges);
  return (
    <Section title={t.month.bridges} hint={t.month.bridgesHint}>
      <div className="pad">
        {bridges.error?.code === 'not-reconciled' ? (
          <NotReconciled />
        ) : bridges.error ? (
          <ErrorNotice error={bridges.error} />
        ) : bridges.value ? (
          <Cards bridges={bridges.value} />
        ) : (
          <Skeleton active paragraph={{ rows: 9 }} />
        )}
      </div>
    </Section>
  );
}

function Cards({ bridges }: { readonly bridges: readonly Bridge[] }) {
  const t = useTexts();
  const language = useLanguage();
  const skipped = bridges.filter((b) => !isBuilt(b));
  return (
    <>
      <div className="bridge-cards">
        {bridges.filter(isBuilt).map((b) => (
          <Card key={b.pair} bridge={b} />
        ))}
      </div>
      {skipped.length > 0 && (
        <ul className="skipped-list">
          {skipped.map((b) => (
            <li key={b.pair}>
              <button type="button" className="linkish" onClick={() => go('reconcile', { params: { pair: b.pair } })}>
                {pairName(b.pair, language)}
              </button>
              <span className="quiet">
                {'skipped' in b ? (b.skipped.because?.[language] ?? t.month.skippedBridge(kindList(b.skipped.missing, language))) : ''}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Card({ bridge }: { readonly bridge: BuiltBridge }) {
  const t = useTexts();
  const language = useLanguage();
  const bars = useMemo(
    () => waterfallBars(bridge, (s) => stepName(s, language), t.month.unexplained, endNames(bridge, language)),
    [bridge, language, t],
  );
  const name = pairName(bridge.pair, language);
  const state = bridgeState(bridge);
  return (
    <button type="button" className="bridge-card" onClick={() => go('reconcile', { params: { pair: bridge.pair } })}>
      <span className="bridge-head">
        <b>{name}</b>
        <StateTag tone={({ explained: 'good', unjudged: 'attention', beside: 'attention', open: 'alarm' } as const)[state]}>
          {state === 'explained' && t.month.explained}
          {state === 'unjudged' && t.month.unjudged}
          {state === 'beside' && t.month.findingsBeside(bridge.found.all)}
          {state === 'open' && `${t.month.unexplained} ${shown(bridge.unexplained)}`}
        </StateTag>
      </span>
      <Waterfall bars={bars} />
    </button>
  );
}
