import type { Text } from '../core/finding.ts';

/** What the unpackers (zlib, yauzl, tar-stream) say where a file is cut short or changed on its way; by far most of what goes wrong. */
const known: readonly (readonly [RegExp, Text])[] = [
  [
    /^End of central directory record signature not found|^unexpected end of file$|^Unexpected end of data$|^Premature close$/,
    { zh: '结尾缺失，多半是没有下载完整', en: 'its end is missing: the download probably broke off' },
  ],
  [
    /^incorrect data check$|^incorrect length check$|^invalid (?:block type|distance|stored block lengths|code|literal|bit length)|^too many /,
    { zh: '内容中途损坏', en: 'its content was damaged on the way' },
  ],
];

/** An unpacker's error in both languages; one that is not known by name, in its own English words. */
export function unpackWords(error: unknown): Text {
  const message = error instanceof Error ? error.message : String(error);
  return known.find(([pattern]) => pattern.test(message))?.[1] ?? { zh: message, en: message };
}
