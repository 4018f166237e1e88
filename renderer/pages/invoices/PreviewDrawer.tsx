import { Drawer } from 'antd';
import type { ReactNode } from 'react';
import { notPrinted, type Made, type Purpose } from '../../stores/printing.ts';
import { useTexts } from '../../stores/session.ts';

export interface Preview {
  /** Where the PDF is, on this page's own host. */
  readonly address: string;
  readonly name: string;
  /** Another for each PDF: a new one may lie at the old one's address. */
  readonly turn: number;
}
let turns = 0;

/** Gives a PDF to the printer, to a file of the person's choice, or shows it; where the page cannot show it, the system's viewer does. `view`: the whole page, or its width. */
export async function handOver(
  purpose: Purpose,
  { token, name }: Made,
  view: 'Fit' | 'FitH',
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
  if (files.address) then.onPreview({ address: `${files.address(token)}#navpanes=0&view=${view}`, name, turn: ++turns });
  else await files.open(token);
}

interface Props {
  readonly preview: Preview;
  /** What the frame shows, for who cannot see it. */
  readonly frameTitle: string;
  readonly actions: ReactNode;
  readonly onClose: () => void;
}

/** What will be on paper, beside the requests it was made of. */
export function PreviewDrawer({ preview: { address, name, turn }, frameTitle, actions, onClose }: Props) {
  const t = useTexts();
  return (
    <Drawer
      open
      title={name}
      size="min(900px, 82vw)"
      extra={<div className="section-extra">{actions}</div>}
      closable={{ 'aria-label': t.common.close }}
      onClose={onClose}
      styles={{ body: { padding: 0, overflow: 'hidden' } }}
    >
      <iframe key={turn} className="preview-frame" src={address} title={frameTitle} />
    </Drawer>
  );
}
