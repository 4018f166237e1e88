import { Button } from 'antd';
import { findings, look, useFindings } from '../../stores/findings.ts';
import { useTexts } from '../../stores/session.ts';

/** Open findings of earlier months: that there are some, and the way there and back. They stand in no bridge of this month. */
export function Carried() {
  const t = useTexts();
  const count = useFindings((s) => s.carried);
  const shown = useFindings((s) => s.filter.carried === true);
  if (count === 0 && !shown) return null;
  const turn = () => {
    const { cycle } = findings.getState();
    if (cycle !== undefined) look(cycle, shown ? {} : { carried: true });
  };
  return (
    <div className="carried">
      {shown ? t.findings.carriedHere : t.findings.carried(count)}
      <Button type="link" onClick={turn}>
        {shown ? t.findings.carriedBack : t.findings.carriedShow}
      </Button>
    </div>
  );
}
