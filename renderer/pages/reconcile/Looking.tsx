import { Button, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { stopLooking, useDrill } from '../../stores/drill.ts';
import { useTexts } from '../../stores/session.ts';

/** After so long it is said what takes its time, in milliseconds: a small month is there before. */
const patience = 400;

/** While the pair is run again to find its groups. */
export function Looking() {
  const t = useTexts();
  const met = useDrill((s) => s.met);
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), patience);
    return () => clearTimeout(timer);
  }, []);
  return (
    <section className="section pad" aria-busy role="status" aria-label={t.reconcile.drill.looking}>
      {long && (
        <p className="looking">
          {t.reconcile.drill.looking}
          {met > 0 && <> · {t.reconcile.drill.met(met)}</>} <Button onClick={() => void stopLooking()}>{t.jobs.stop}</Button>
        </p>
      )}
      <Skeleton active paragraph={{ rows: 10 }} />
    </section>
  );
}
