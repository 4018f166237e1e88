import { Button, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { beginLooking, stopLooking, useLooking, type Looked } from '../stores/looking.ts';
import { useTexts } from '../stores/session.ts';
import { ErrorNotice } from './ErrorNotice.tsx';

/** After so long it is said what takes its time, in milliseconds: a small month is there before. */
const patience = 400;

/** While a pair is run again to find what is behind it: what is found so far, and the way to stop. */
export function Looking({ stage, label }: { readonly stage: Looked; readonly label: string }) {
  const t = useTexts();
  const { met, error } = useLooking((s) => s);
  const [long, setLong] = useState(false);
  useEffect(() => {
    beginLooking(stage);
    const timer = setTimeout(() => setLong(true), patience);
    return () => clearTimeout(timer);
  }, [stage]);
  return (
    <section className="section pad" aria-busy role="status" aria-label={label}>
      {long && (
        <p className="looking">
          {label}
          {met > 0 && <> · {t.reconcile.drill.met(met)}</>} <Button onClick={() => void stopLooking()}>{t.jobs.stop}</Button>
        </p>
      )}
      {error && <ErrorNotice error={error} />}
      <Skeleton active paragraph={{ rows: 10 }} />
    </section>
  );
}
