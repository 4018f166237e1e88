import { Alert, Button } from 'antd';
import type { CallFailed } from '../api.ts';
import { useLanguage, useTexts } from '../stores/session.ts';

interface Props {
  readonly error: CallFailed;
  readonly onRetry?: () => void;
  readonly onClose?: () => void;
}

/** The one place where a failure is shown: the app's whole sentence, its code, and what can be done here. */
export function ErrorNotice({ error, onRetry, onClose }: Props) {
  const t = useTexts();
  const language = useLanguage();
  const defect = error.code === 'internal' || error.code === 'reply.invalid' || error.code === 'page.defect';
  return (
    <Alert
      className="error-notice"
      type={defect ? 'error' : 'warning'}
      showIcon
      title={defect ? t.common.defectTitle : t.common.errorTitle}
      description={
        <>
          {error.text[language]} <code className="code">{error.code}</code>
        </>
      }
      action={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {t.common.retry}
          </Button>
        )
      }
      {...(onClose ? { closable: { onClose, 'aria-label': t.common.close } } : {})}
    />
  );
}
