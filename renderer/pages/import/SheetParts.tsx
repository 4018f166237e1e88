import { Money } from '../../components/Money.tsx';
import { money } from '../../components/amounts.ts';
import { problemName } from '../../../electron/core/problem-names.ts';
import { formatMoney } from '../../../electron/core/money.ts';
import type { ImportedFile } from '../../stores/imports.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';
import { useFieldName } from './field-names.ts';

type Sheet = ImportedFile['sheets'][number];
interface Props {
  readonly sheet: Sheet;
}

/** The cells that could not be read, by what is wrong with them: where, what stands there, why. */
export function Problems({ sheet }: Props) {
  const t = useTexts();
  const language = useLanguage();
  if (sheet.problems.length === 0) return null;
  return (
    <>
      <h3>{t.imports.problemList}</h3>
      <p className="quiet">{t.imports.problemHint}</p>
      <div className="scroll boxed">
        <table className="table problem-cells">
          <thead>
            <tr>
              <th className="number">{t.imports.problemColumns.row}</th>
              <th>{t.imports.problemColumns.column}</th>
              <th>{t.imports.problemColumns.value}</th>
              <th>{t.imports.problemColumns.why}</th>
            </tr>
          </thead>
          {[...Map.groupBy(sheet.problems, (p) => p.code)].map(([code, problems]) => (
            <tbody key={code}>
              <tr className="group">
                <th colSpan={4} scope="rowgroup">
                  {problemName(code)[language]} <span className="quiet">· {t.imports.problems(problems.length)}</span>
                </th>
              </tr>
              {problems.map((p, i) => (
                <tr key={`${p.row}:${p.column}:${i}`}>
                  <td className="number">{p.row}</td>
                  <td>{p.column}</td>
                  <td className="cell-text">
                    <span className="clamped" title={p.value}>
                      {p.value}
                    </span>
                  </td>
                  <td title={p.code}>{p.text[language]}</td>
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
      {sheet.problemsOmitted !== undefined && sheet.problemsOmitted > 0 && (
        <p className="quiet">{t.imports.problemsOmitted(sheet.problemsOmitted)}</p>
      )}
    </>
  );
}

/** The total rows of the file against the sum of the rows above them. */
export function ControlTotals({ sheet }: Props) {
  const t = useTexts();
  if (sheet.controlTotals.length === 0) return null;
  return (
    <>
      <h3>{t.imports.controlTotals}</h3>
      <div className="scroll boxed">
        <table className="table">
          <thead>
            <tr>
              <th className="number">{t.imports.controlColumns.row}</th>
              <th>{t.imports.controlColumns.column}</th>
              <th className="number">{t.imports.controlColumns.stated}</th>
              <th className="number">{t.imports.controlColumns.computed}</th>
              <th className="number">{t.imports.controlColumns.difference}</th>
            </tr>
          </thead>
          <tbody>
            {sheet.controlTotals.map((c) => {
              const off = money(c.stated) - money(c.computed);
              return (
                <tr key={`${c.row}:${c.column}`}>
                  <td className="number">{c.row}</td>
                  <td>{c.column}</td>
                  <td className="number">
                    <Money amount={c.stated} />
                  </td>
                  <td className="number">
                    <Money amount={c.computed} />
                  </td>
                  <td className="number">
                    {off === 0n ? (
                      <span className="quiet">{t.imports.controlSame}</span>
                    ) : (
                      <b>
                        <Money amount={formatMoney(off)} />
                      </b>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** Which header was read as which field; headers that are not read stand last and pale. */
export function Mapping({ sheet }: Props) {
  const t = useTexts();
  const nameOf = useFieldName();
  if (!sheet.columns || sheet.columns.length === 0) return null;
  const sorted = [...sheet.columns.filter((c) => c.field !== undefined), ...sheet.columns.filter((c) => c.field === undefined)];
  return (
    <ul className="mapping">
      {sorted.map((c, i) => (
        <li key={`${c.header}:${i}`} className={c.field === undefined ? 'unread' : ''} title={c.field}>
          <span>{c.header}</span>{' '}
          <span className="quiet">
            {c.field === undefined ? t.imports.notRead : `→ ${nameOf(sheet.kind ?? sheet.likelyKind, c.field)}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The first rows as they stand in the file, and what each column is read as. */
export function FirstRows({ sheet }: Props) {
  const t = useTexts();
  const nameOf = useFieldName();
  const rows = sheet.preview;
  if (!rows || rows.length === 0) return null;
  return (
    <>
      <h3>{t.imports.firstRows}</h3>
      {/* A wide table scrolls in itself, so it must be reachable by Tab. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="scroll boxed" tabIndex={0} role="group" aria-label={t.imports.firstRows}>
        <table className="table raw">
          {sheet.columns && (
            <thead>
              <tr>
                {sheet.columns.map((c, i) => (
                  <th key={i} className={c.field === undefined ? 'unread' : ''}>
                    {c.header}
                    <small>{c.field === undefined ? t.imports.notRead : `→ ${nameOf(sheet.kind ?? sheet.likelyKind, c.field)}`}</small>
                  </th>
                ))}
              </tr>
            </thead>
          )}
          <tbody>
            {rows.map((cells, r) => (
              <tr key={r}>
                {cells.map((cell, c) => (
                  <td key={c}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
