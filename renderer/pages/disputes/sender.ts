const key = 'hezhang.sender';

/** Who gave the last disputes to the vendor on this computer; '' where nobody was named yet. */
export const rememberedSender = (): string => localStorage.getItem(key) ?? '';
export const rememberSender = (name: string): void => localStorage.setItem(key, name);
