import { Money } from '../../components/Money.tsx';
import { Section } from '../../components/Section.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { bridgeState } from '../../components/bridge-state.ts';
import { isBuilt, type Bridge } from '../../stores/month.ts';
import { go, useLanguage, useSession, useTexts } from '../../stores/session.ts';
import { pairName } from '../../texts/names.ts';

const isOpen = (b: Bridge): boolean => isBuilt(b) && bridgeState(b) === 'open';

/** The pair in view: the one asked for, else the first with something unexplained, else the first that could be built. */
export const pairInView = (bridges: readonly Bridge[], asked: string | undefined): Bridge | undefined =>
  bridges.find((b) => b.pair === asked) ?? bridges.find(isOpen) ?? bridges.find(isBuilt) ?? bridges[0];

/** The ten pairs with what is unexplained in each. */
export function PairList({ bridges }: { readonly bridges: readonly Bridge[] }) {
  const t = useTexts();
  const language = useLanguage();
  const asked = useSession((s) => s.route.params['pair']);
  const here = pairInView(bridges, asked);
  return (
    <Section title={t.reconcile.pair} className="pairs">
      <div className="scroll">
        {bridges.map((b) => (
          <button
            key={b.pair}
            type="button"
            className={b === here ? 'pair here' : 'pair'}
            aria-current={b === here ? 'true' : undefined}
            onClick={() => go('reconcile', { params: { pair: b.pair } })}
          >
            <span>{pairName(b.pair, language)}</span>
            <Verdict bridge={b} />
          </button>
        ))}
      </div>
    </Section>
  );
}

function Verdict({ bridge }: { readonly bridge: Bridge }) {
  const t = useTexts();
  if (!isBuilt(bridge)) return <StateTag tone="quiet">{t.reconcile.skipped}</StateTag>;
  const state = bridgeState(bridge);
  if (state === 'explained') return <StateTag tone="good">{t.month.explained}</StateTag>;
  if (state === 'unjudged') return <StateTag tone="attention">{t.month.unjudged}</StateTag>;
  if (state === 'beside') return <StateTag tone="attention">{t.month.findingsBeside(bridge.found.all)}</StateTag>;
  return (
    <span className="alarm">
      <Money amount={bridge.unexplained} />
    </span>
  );
}
