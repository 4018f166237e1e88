import { Segmented } from 'antd';
import { go, useSession, useTexts } from '../../stores/session.ts';

export type View = 'requests' | 'board';
export const useView = (): View => useSession((s) => (s.route.params['view'] === 'board' ? 'board' : 'requests'));

/** Between one request with its invoices, and the money of all of them. */
export function ViewSwitch() {
  const t = useTexts();
  const { label, ...words } = t.afterMailing.views;
  return (
    <div className="view-switch">
      <Segmented
        aria-label={label}
        value={useView()}
        options={(['requests', 'board'] as const).map((value) => ({ value, label: words[value] }))}
        onChange={(view) => go('invoices', view === 'board' ? { params: { view } } : {})}
      />
    </div>
  );
}
