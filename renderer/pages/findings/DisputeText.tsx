import { CopyOutlined } from '@ant-design/icons';
import { App as Messages, Button } from 'antd';
import { useTexts } from '../../stores/session.ts';

/** The text to paste into 问题反馈. Chinese, as the vendor reads it. */
export function DisputeText({ text }: { readonly text: string }) {
  const t = useTexts();
  const { message } = Messages.useApp();
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => void message.success(t.common.copied),
      (error: unknown) => void message.error(String(error)),
    );
  return (
    <>
      <h3 className="with-button">
        {t.findings.feedback}
        <Button icon={<CopyOutlined />} onClick={copy}>
          {t.findings.copyFeedback}
        </Button>
      </h3>
      <pre className="feedback" lang="zh-CN">
        {text}
      </pre>
    </>
  );
}
