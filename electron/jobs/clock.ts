/** The time now as text in GMT+08:00, whatever the computer's zone: "YYYY-MM-DD HH:MM:SS". */
export const nowText = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
