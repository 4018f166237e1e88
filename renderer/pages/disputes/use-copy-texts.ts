import { App as Messages } from 'antd';
import { asFailure } from '../../api.ts';
import { disputes } from '../../stores/disputes.ts';
import { jobs } from '../../stores/jobs.ts';
import { useTexts } from '../../stores/session.ts';

/** Copies the texts of all chosen disputes, one after another, to paste into 问题反馈. */
export function useCopyTexts(): () => void {
  const t = useTexts();
  const { message } = Messages.useApp();
  const copy = async () => {
    const texts = (await disputes.chosen()).flatMap((d) => d.feedback ?? []);
    await navigator.clipboard.writeText(texts.join('\n\n'));
    void message.success(t.disputes.copiedTexts(texts.length));
  };
  return () => void copy().catch((error: unknown) => jobs.setState({ error: asFailure(error) }));
}
