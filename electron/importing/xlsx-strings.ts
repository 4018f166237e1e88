import { refusal } from './refusals.ts';
import { StringTable } from './string-table.ts';
import { unescapeX } from './xml-text.ts';
import { XmlTokenizer } from './xml-tokenizer.ts';

/** Reads `sharedStrings.xml`: plain and rich strings, phonetic runs left out. */
export class SharedStrings extends XmlTokenizer {
  readonly strings = new StringTable();
  private readonly mostChars: number;
  private chars = 0;
  private text = '';
  private phonetic = 0;

  constructor(part: string, mostChars: number) {
    super(part);
    this.mostChars = mostChars;
  }

  protected override onOpen(name: string): void {
    if (name === 'si') this.text = '';
    else if (name === 'rPh') this.phonetic++;
    else if (name === 't') this.capturing = this.phonetic === 0;
  }

  protected override onClose(name: string): void {
    if (name === 't') this.capturing = false;
    else if (name === 'rPh') this.phonetic--;
    else if (name === 'si') {
      const text = unescapeX(this.text);
      this.chars += text.length;
      if (this.chars > this.mostChars) throw refusal('archive.too-large', { zh: '工作簿的文字表', en: "the workbook's table of strings" });
      this.strings.add(text);
    }
  }

  protected override onText(text: string): void {
    this.text = this.text === '' ? text : this.text + text;
  }
}
