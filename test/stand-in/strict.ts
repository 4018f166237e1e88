/** An object that answers for what it has and throws by name for what it has not, instead of answering `undefined`. */
export function strict<T extends object>(what: string, target: T): T {
  const bound = new WeakMap<object, unknown>();
  return new Proxy(target, {
    get(t, key) {
      if (!(key in t) && typeof key !== 'symbol' && !['then', 'toJSON', 'constructor'].includes(key))
        throw new Error(`stand-in: ${what}.${key} is not imitated`);
      const value: unknown = Reflect.get(t, key);
      if (typeof value !== 'function' || key === 'constructor') return value;
      // Bound, because private members are not visible through a proxy.
      if (!bound.has(value)) bound.set(value, value.bind(t));
      return bound.get(value);
    },
  });
}

/** An event whose default a listener may prevent. */
export function preventable(): { defaultPrevented: boolean; preventDefault(): void } {
  const event = { defaultPrevented: false, preventDefault: () => void (event.defaultPrevented = true) };
  return event;
}
