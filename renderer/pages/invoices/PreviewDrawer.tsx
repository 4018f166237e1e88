import { Button, Drawer } from 'antd';
import { useState, type ReactNode } from 'react';
import { notPrinted, type Made, type Purpose } from '../../stores/printing.ts';
import { useTexts } from '../../stores/session.ts';
import { PdfPages } from './PdfPages.tsx';

export interface Preview {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly name: string;
}

/** Gives a PDF to the printer, to a file of the person's choice, or to be shown in the page, in both hosts alike. */
export async function handOver(
  purpose: Purpose,
  { token, name }: Made,
  then: { readonly onPreview: (preview: Preview) => void; readonly onSaved: (name: string) => void; readonly onViewer: () => void },
): Promise<void> {
  const { files } = window.hezhang;
  if (purpose === 'print') {
    const outcome = await files.print(token);
    if (outcome === 'canceled') notPrinted(token);
    if (outcome === 'viewer') then.onViewer();
    return;
  }
  if (purpose === 'save') {
    if (await files.save(token, name)) then.onSaved(name);
    return;
  }
  then.onPreview({ bytes: await files.read(token), name });
}

interface Props {
  readonly preview: Preview;
  /** Page by page, whole, instead of by its width. */
  readonly whole: boolean;
  readonly actions: ReactNode;
  readonly onClose: () => void;
}

/** What will be on paper, beside the requests it was made of. */
export function PreviewDrawer({ preview: { bytes, name }, whole, actions, onClose }: Props) {
  const t = useTexts();
  const [large, setLarge] = useState(false);
  return (
    <Drawer
      open
      title={name}
      size="min(900px, 82vw)"
      extra={
        <div className="section-extra">
          <Button aria-pressed={large} onClick={() => setLarge(!large)}>
            {large ? t.invoices.zoomOut : t.invoices.zoomIn}
          </Button>
          {actions}
        </div>
      }
      closable={{ 'aria-label': t.common.close }}
      onClose={onClose}
      styles={{ body: { padding: 0, overflow: 'hidden' } }}
    >
      <PdfPages bytes={bytes} whole={whole} large={large} />
    </Drawer>
  );
}
