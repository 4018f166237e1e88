/**
 * Runs at document start in two worlds of every window: the page's own ('main') and the preload's isolated one ('iso').
 * Worlds share DOM nodes and nothing else, so the two sides talk through synchronous events whose detail Chromium clones.
 */
export function world(side, eventName, makeWire, info) {
  const other = side === 'main' ? 'iso' : 'main';
  const local = new Map();
  const waiting = new Map();
  let next = 0;
  let send;
  const isPlain = (v) => {
    if (v === null || typeof v !== 'object') return false;
    const p = Object.getPrototypeOf(v);
    return p === null || p === Object.prototype;
  };
  const wrap = (v) => {
    if (typeof v === 'symbol') throw new TypeError('contextBridge cannot pass a symbol');
    if (typeof v === 'function') {
      const id = ++next;
      local.set(id, v);
      return { $fn: id };
    }
    if (v instanceof Promise) {
      const id = ++next;
      v.then(
        (x) => emit({ kind: 'settle', id, ok: true, value: wrap(x) }),
        (e) => emit({ kind: 'settle', id, ok: false, value: String(e && e.message !== undefined ? e.message : e) }),
      );
      return { $promise: id };
    }
    if (Array.isArray(v)) return { $array: v.map(wrap) };
    if (isPlain(v)) return { $object: Object.entries(v).map(([k, x]) => [k, wrap(x)]) };
    return { $value: v };
  };
  const unwrap = (t) => {
    if ('$value' in t) return t.$value;
    if ('$array' in t) return t.$array.map(unwrap);
    if ('$object' in t) return Object.fromEntries(t.$object.map(([k, x]) => [k, unwrap(x)]));
    if ('$fn' in t) return (...args) => call(t.$fn, args);
    return new Promise((resolve, reject) => waiting.set(t.$promise, { resolve, reject }));
  };
  const emit = (message) => window.dispatchEvent(new CustomEvent(eventName + other, { detail: message }));
  let reply;
  const call = (id, args) => {
    reply = undefined;
    emit({ kind: 'call', id, args: args.map(wrap) });
    const r = reply;
    reply = undefined;
    if (!r) throw new Error('the other world did not answer');
    if (!r.ok) throw new Error(r.value);
    return unwrap(r.value);
  };
  const freeze = (v) => {
    if (isPlain(v)) {
      Object.values(v).forEach(freeze);
      Object.freeze(v);
    }
    return v;
  };
  window.addEventListener(eventName + side, (event) => {
    const m = event.detail;
    if (m.kind === 'expose') {
      Object.defineProperty(window, m.key, { value: freeze(unwrap(m.value)), enumerable: true });
    } else if (m.kind === 'call') {
      try {
        emit({ kind: 'reply', ok: true, value: wrap(local.get(m.id)(...m.args.map(unwrap))) });
      } catch (e) {
        emit({ kind: 'reply', ok: false, value: String(e && e.message !== undefined ? e.message : e) });
      }
    } else if (m.kind === 'reply') {
      reply = m;
    } else if (m.kind === 'settle') {
      const w = waiting.get(m.id);
      waiting.delete(m.id);
      if (w && m.ok) w.resolve(unwrap(m.value));
      else if (w) w.reject(new Error(m.value));
    } else if (m.kind === 'open') {
      send(JSON.stringify({ type: 'open', channel: m.url }));
    }
  });
  if (side === 'main') {
    // No second window ever opens; the main process's window open handler hears of it.
    const ask = (url) => emit({ kind: 'open', url: new URL(url, document.baseURI).href });
    window.open = (url) => (ask(url ?? ''), null);
    document.addEventListener('click', (e) => {
      const a = e.composedPath().find((n) => n instanceof HTMLAnchorElement && n.href);
      if (a && a.target === '_blank') {
        e.preventDefault();
        ask(a.href);
      }
    });
    return undefined;
  }

  const { pack, unpack } = makeWire();
  send = globalThis.__standInSend;
  delete globalThis.__standInSend;
  const invokes = new Map();
  const listeners = new Map();
  const renderer = {
    invoke: (channel, ...args) =>
      new Promise((resolve, reject) => {
        const id = ++next;
        invokes.set(id, { channel, resolve, reject });
        send(JSON.stringify({ type: 'invoke', id, channel, args: pack(args) }));
      }),
    send: (channel, ...args) => send(JSON.stringify({ type: 'send', channel, args: pack(args) })),
    on(channel, listener) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return renderer;
    },
    once(channel, listener) {
      const once = (...a) => {
        renderer.removeListener(channel, once);
        listener(...a);
      };
      return renderer.on(channel, once);
    },
    removeListener(channel, listener) {
      listeners.set(
        channel,
        (listeners.get(channel) ?? []).filter((l) => l !== listener),
      );
      return renderer;
    },
    removeAllListeners(channel) {
      listeners.delete(channel);
      return renderer;
    },
  };
  renderer.off = renderer.removeListener;
  renderer.addListener = renderer.on;
  globalThis.__standInDeliver = (text) => {
    const m = JSON.parse(text);
    if (m.type === 'reply') {
      const w = invokes.get(m.id);
      invokes.delete(m.id);
      if (!w) return;
      if (m.ok) w.resolve(unpack(m.value));
      else w.reject(new Error(`Error invoking remote method '${w.channel}': ${m.error}`));
    } else if (m.type === 'event') {
      for (const l of listeners.get(m.channel) ?? []) l({ sender: renderer, ports: [] }, ...unpack(m.args));
    }
  };
  const strict = (what, object) =>
    new Proxy(object, {
      get(t, k) {
        if (k in t || typeof k === 'symbol' || k === 'then') return t[k];
        throw new Error(`stand-in: ${what}.${k} is not implemented`);
      },
    });
  const modules = {
    electron: strict('electron (preload)', {
      contextBridge: strict('contextBridge', { exposeInMainWorld: (key, api) => emit({ kind: 'expose', key, value: wrap(api) }) }),
      ipcRenderer: strict('ipcRenderer', renderer),
      // Chromium tells no path: dropped files are taken to lie in the folder that the test names.
      webUtils: strict('webUtils', { getPathForFile: (file) => (info.dropFolder ? `${info.dropFolder}/${file.name}` : '') }),
    }),
  };
  return {
    process: strict('process (sandboxed preload)', { ...info, contextIsolated: true, sandboxed: true, type: 'renderer' }),
    require(name) {
      if (name in modules) return modules[name];
      throw new Error(`module not found: ${name}`);
    },
  };
}
