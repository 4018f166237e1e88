import { ArrowLeftOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useEffect } from 'react';
import { places } from '../../../electron/contract.ts';
import type { Pair } from '../../../electron/core/bridge.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Looking } from '../../components/Looking.tsx';
import { Money } from '../../components/Money.tsx';
import { NotReconciled } from '../../components/NotReconciled.tsx';
import { Section } from '../../components/Section.tsx';
import { drill, lookAgain, lookInto, useDrill } from '../../stores/drill.ts';
import { go, useLanguage, useTexts } from '../../stores/session.ts';
import { pairName, stepName } from '../../texts/names.ts';
import { DrillFilter } from './DrillFilter.tsx';
import { goInto, type DrillTarget, type Place } from './drill-route.ts';
import { GroupDetail } from './GroupDetail.tsx';
import { GroupGrid } from './GroupGrid.tsx';

interface Props {
  readonly cycle: string;
  readonly pair: Pair;
  readonly target: DrillTarget;
}

const back = (pair: Pair) => go('reconcile', { params: { pair } });

/** What is behind a bridge: the groups of a step or a place as a grid, beside it the rows of both sides of one group. */
export function DrillView({ cycle, pair, target }: Props) {
  const t = useTexts();
  const language = useLanguage();
  const error = useDrill((s) => s.error);
  const waiting = useDrill((s) => s.answer === undefined && s.error === undefined);
  const step = 'step' in target ? target.step : undefined;
  const place = 'place' in target ? target.place : undefined;
  useEffect(() => {
    const { question } = drill.store.getState();
    // Filter and order belong to one list; another list starts with its own.
    if (question?.billingCycle === cycle && question.pair === pair && question.step === step && question.place === place) lookAgain();
    else lookInto({ billingCycle: cycle, pair, step, place });
  }, [cycle, pair, step, place]);
  useEffect(() => {
    const leave = (e: KeyboardEvent) => {
      if (e.key !== 'Escape' || document.activeElement?.closest('#group-detail, input, [role=listbox]')) return;
      back(pair);
    };
    window.addEventListener('keydown', leave);
    return () => window.removeEventListener('keydown', leave);
  }, [pair]);
  if (error?.code === 'not-reconciled') return <NotReconciled />;
  return (
    <>
      <div className="drill-head">
        <Button icon={<ArrowLeftOutlined />} onClick={() => back(pair)}>
          {t.reconcile.drill.back}
        </Button>
        <h2>
          {pairName(pair, language)}
          {step !== undefined && <> · {stepName(step, language)}</>}
        </h2>
        <Tabs pair={pair} target={target} />
        <Total />
      </div>
      {error ? (
        <ErrorNotice error={error} onRetry={lookAgain} />
      ) : waiting ? (
        <Looking stage={pair} label={t.reconcile.drill.looking} />
      ) : (
        <div className="drill-columns">
          <section className="section drill-list" aria-label={t.reconcile.drill.groups}>
            <DrillFilter />
            <GroupGrid showStep={step === undefined} />
          </section>
          <Section title={t.reconcile.drill.rows} className="finding-detail">
            <GroupDetail />
          </Section>
        </div>
      )}
    </>
  );
}

/** 一致 / 不同 / 仅左 / 仅右 over all of the pair's groups. */
function Tabs({ pair, target }: Pick<Props, 'pair' | 'target'>) {
  const t = useTexts();
  const counts = useDrill((s) => s.answer?.places);
  const all = counts && places.reduce((n, p) => n + counts[p], 0);
  const label = (name: string, n: number | undefined) => (n === undefined ? name : `${name} ${n.toLocaleString('zh-CN')}`);
  const value = 'place' in target ? target.place : 'all' in target ? 'all' : 'step';
  return (
    <Segmented<Place | 'all' | 'step'>
      value={value}
      aria-label={t.reconcile.drill.places}
      onChange={(v) => v !== 'step' && goInto(pair, v === 'all' ? { all: true } : { place: v })}
      options={[
        ...('step' in target ? [{ value: 'step' as const, label: t.reconcile.drill.thisStep }] : []),
        { value: 'all', label: label(t.reconcile.drill.all, all) },
        ...places.map((p) => ({ value: p, label: label(t.reconcile.drill.place[p], counts?.[p]) })),
      ]}
    />
  );
}

function Total() {
  const t = useTexts();
  const answer = useDrill((s) => s.answer);
  if (!answer) return null;
  return (
    <span className="filter-total quiet">
      {t.reconcile.drill.total(answer.total, answer.rows)} <Money amount={answer.amount} as="full" />
    </span>
  );
}
