import { Money } from '../../../components/Money.tsx';
import type { Stage } from '../../../../electron/core/stage.ts';
import type { Board } from '../../../stores/progress.ts';
import { useLanguage, useTexts } from '../../../stores/session.ts';

interface Props {
  readonly board: Board;
  readonly chosen: Stage | undefined;
  readonly onChoose: (stage: Stage | undefined) => void;
}

/** Every stage with its requests and their money; one of them shows only its own requests below, once more all again. */
export function StageStrip({ board, chosen, onChoose }: Props) {
  const t = useTexts();
  const language = useLanguage();
  const late = Map.groupBy(
    board.requests.filter((r) => r.overdue),
    (r) => r.stage,
  );
  return (
    <div className="stage-strip" role="group" aria-label={t.afterMailing.board.stages}>
      {board.stages.map(({ stage, name, count, totals }) => (
        <button
          key={stage}
          type="button"
          className={`stage-card${stage === chosen ? ' chosen' : ''}${count === 0 ? ' none' : ''}`}
          aria-pressed={stage === chosen}
          onClick={() => onChoose(stage === chosen ? undefined : stage)}
        >
          <span className="stage-name">{name[language]}</span>
          <span className="stage-count">{count}</span>
          {totals.map(({ currency, requested }) => (
            <span key={currency} className="stage-money">
              {currency !== 'CNY' && `${currency} `}
              <Money amount={requested} />
            </span>
          ))}
          {late.has(stage) && <span className="stage-late">{t.afterMailing.board.late(late.get(stage)!.length)}</span>}
        </button>
      ))}
    </div>
  );
}
