import type { ThemeConfig } from 'antd';

/** One accent, red only for disputes, no motion: a tool that is looked at all day. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#1f5f99',
    colorInfo: '#1f5f99',
    colorLink: '#1f5f99',
    colorError: '#c62f2f',
    colorWarning: '#a86a00',
    colorSuccess: '#2f7d4f',
    colorText: '#1f2933',
    colorTextSecondary: '#5b6773',
    colorBorder: '#c8d0d9',
    colorBorderSecondary: '#e1e6eb',
    fontSize: 13,
    borderRadius: 4,
    controlHeight: 30,
    controlHeightSM: 28,
    motion: false,
    wireframe: false,
    fontFamily: 'var(--font)',
  },
};
