import { useEffect, useState } from 'react';
import { takeDrop } from '../stores/imports.ts';
import { readDropped } from '../stores/read-invoices.ts';
import { session, useSession, useTexts } from '../stores/session.ts';

/** The whole window takes files: an overlay while they hover, the import page when they are let go; on the invoices' page they are invoices. */
export function FileDrop() {
  const t = useTexts();
  const invoices = useSession((s) => s.route.page === 'invoices');
  const [over, setOver] = useState(false);
  useEffect(() => {
    // Enter and leave also fire between the elements of the page, so they are counted.
    let depth = 0;
    const carriesFiles = (e: DragEvent) => e.dataTransfer?.types.includes('Files') ?? false;
    const enter = (e: DragEvent) => {
      if (!carriesFiles(e)) return;
      e.preventDefault();
      depth++;
      setOver(true);
    };
    const leave = (e: DragEvent) => {
      if (!carriesFiles(e)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const hover = (e: DragEvent) => {
      if (carriesFiles(e)) e.preventDefault();
    };
    const drop = (e: DragEvent) => {
      if (!carriesFiles(e)) return;
      e.preventDefault();
      depth = 0;
      setOver(false);
      if (!e.dataTransfer) return;
      const take = session.getState().route.page === 'invoices' ? readDropped : takeDrop;
      void take([...e.dataTransfer.files]);
    };
    const heard = { dragenter: enter, dragleave: leave, dragover: hover, drop } as const;
    for (const [name, listener] of Object.entries(heard)) window.addEventListener(name, listener as EventListener);
    return () => {
      for (const [name, listener] of Object.entries(heard)) window.removeEventListener(name, listener as EventListener);
    };
  }, []);
  if (!over) return null;
  return (
    <div className="drop-overlay" role="status">
      <div>{invoices ? t.invoices.reading.drop : t.imports.dropAnywhere}</div>
    </div>
  );
}
