import { fromBufferPromise } from 'yauzl';
import fs from 'node:fs';

/** All entries of a zip, by name, unpacked. */
export async function entriesOf(file: string): Promise<Map<string, Buffer>> {
  const zip = await fromBufferPromise(fs.readFileSync(file));
  const entries = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    entries.set(entry.fileName, Buffer.concat(chunks));
  }
  return entries;
}
