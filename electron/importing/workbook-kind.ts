import { refusal } from './refusals.ts';
import { readWhole, type Zip } from './zip.ts';

/** Whether a zip is an xlsx workbook (false: an archive of files). Office files of other kinds are refused by name. */
export async function isWorkbook(zip: Zip): Promise<boolean> {
  const names = new Map(zip.entries.map((entry) => [entry.name.toLowerCase(), entry]));
  if (names.has('xl/workbook.bin')) throw refusal('file.xlsb');
  const declared = names.get('mimetype');
  if (declared && declared.size < 200) {
    const mime = (await readWhole(zip, declared, 200)).toString('latin1').trim();
    if (mime.startsWith('application/vnd.oasis.opendocument.spreadsheet')) throw refusal('file.ods');
    if (mime.startsWith('application/')) throw refusal('file.document', mime);
  }
  if (names.has('word/document.xml')) throw refusal('file.document', 'Word .docx');
  if (names.has('ppt/presentation.xml')) throw refusal('file.document', 'PowerPoint .pptx');
  return names.has('[content_types].xml') || names.has('xl/workbook.xml');
}
