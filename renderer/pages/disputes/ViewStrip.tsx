import { Money } from '../../components/Money.tsx';
import { isZero } from '../../components/amounts.ts';
import { askFor, useDisputes } from '../../stores/disputes.ts';
import { useTexts } from '../../stores/session.ts';

/** Every view with how many disputes it has and what they come to; one of them shows only its own below, once more all again. */
export function ViewStrip() {
  const t = useTexts();
  const views = useDisputes((s) => s.answer?.views);
  const chosen = useDisputes((s) => s.question?.view);
  if (!views) return null;
  return (
    <div className="stage-strip" role="group" aria-label={t.disputes.views.label}>
      {views.map(({ view, count, amount, recovered }) => (
        <button
          key={view}
          type="button"
          className={`stage-card${view === chosen ? ' chosen' : ''}${count === 0 ? ' none' : ''}`}
          aria-pressed={view === chosen}
          title={t.disputes.views.hint[view]}
          onClick={() => askFor({ view: view === chosen ? undefined : view })}
        >
          <span className="stage-name">{t.disputes.views[view]}</span>
          <span className={view === 'overdue' && count > 0 ? 'stage-count alarm' : 'stage-count'}>{t.disputes.count(count)}</span>
          <span className="stage-money">
            <Money amount={amount} />
          </span>
          {!isZero(recovered) && (
            <span className="stage-money">
              {t.disputes.columns.recovered} <Money amount={recovered} />
            </span>
          )}
        </button>
      ))}
    </div>
  );
}
