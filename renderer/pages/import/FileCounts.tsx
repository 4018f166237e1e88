import { shownState, useImports, type ShownState } from '../../stores/imports.ts';
import { useTexts } from '../../stores/session.ts';

const states: readonly ShownState[] = ['previewed', 'imported', 'needs-mapping', 'refused', 'duplicate', 'leftOut'];

/** "12 can be imported · 2 need your answer · 1 refused"; a single file says it beside its name. */
export function FileCounts() {
  const t = useTexts();
  const counts = useImports((s) => {
    const shown = s.files.map((file) => shownState(file, s));
    const met = states.map((state) => ({ state, n: shown.filter((one) => one === state).length })).filter(({ n }) => n > 0);
    return met.map(({ state, n }) => t.imports.counts[state](n)).join(' · ');
  });
  const several = useImports((s) => s.files.length > 1);
  return several && <p className="file-counts">{counts}</p>;
}
