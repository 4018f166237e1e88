import { QuestionCircleOutlined } from '@ant-design/icons';
import { Button, Popover } from 'antd';
import { useTexts } from '../stores/session.ts';

/** The keys of a page: each with what it does. */
export function KeyHelp({ title, rows }: { readonly title: string; readonly rows: readonly (readonly string[])[] }) {
  const t = useTexts();
  const table = (
    <table className="help">
      <tbody>
        {rows.map(([keys, what]) => (
          <tr key={keys}>
            <td>
              <kbd>{keys}</kbd>
            </td>
            <td>{what}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  return (
    <Popover title={title} content={table} trigger="click" placement="bottomRight">
      <Button type="text" icon={<QuestionCircleOutlined />} aria-label={t.common.help} />
    </Popover>
  );
}
