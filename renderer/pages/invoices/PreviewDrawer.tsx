import { Drawer } from 'antd';
import type { ReactNode } from 'react';
import { useTexts } from '../../stores/session.ts';

interface Props {
  readonly title: string;
  /** Where the PDF is, on this page's own host. */
  readonly address: string;
  readonly actions: ReactNode;
  readonly onClose: () => void;
}

/** The list as it will be on paper, beside the requests it was made of. */
export function PreviewDrawer({ title, address, actions, onClose }: Props) {
  const t = useTexts();
  return (
    <Drawer
      open
      title={title}
      size="min(900px, 82vw)"
      extra={<div className="section-extra">{actions}</div>}
      closable={{ 'aria-label': t.common.close }}
      onClose={onClose}
      styles={{ body: { padding: 0, overflow: 'hidden' } }}
    >
      <iframe className="preview-frame" src={address} title={t.invoices.previewTitle} />
    </Drawer>
  );
}
