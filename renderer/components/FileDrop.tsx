import { useEffect, useState } from 'react';
import { takeDrop } from '../stores/imports.ts';
import { useTexts } from '../stores/session.ts';

/** The whole window takes files: an overlay while they hover, the import page when they are let go. */
export function FileDrop() {
  const t = useTexts();
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
      if (e.dataTransfer) void takeDrop([...e.dataTransfer.files]);
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
      <div>{t.imports.dropAnywhere}</div>
    </div>
  );
}
