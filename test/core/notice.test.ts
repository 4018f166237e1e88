import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNotice } from '../../electron/core/notice.ts';
import { checkCharacter } from '../../electron/core/tax-number.ts';

const number = `91520900MA6J65AB0${checkCharacter('91520900MA6J65AB0')}`;

/** Each field with its value; every span is checked against the text. */
function read(text: string): Record<string, string> {
  const { fields } = readNotice(text);
  for (const { value, start, end, others } of fields) {
    for (const one of [{ value, start, end }, ...others]) {
      const there = text.slice(one.start, one.end);
      expect(there.normalize('NFKC').replace(/\s/g, '').toUpperCase()).toBe(one.value.normalize('NFKC').replace(/\s/g, '').toUpperCase());
    }
  }
  return Object.fromEntries(fields.map(({ field, value }) => [field, value]));
}

describe('a notice of the vendor', () => {
  it('1: a list with colons, the registered address beside the mailing address', () => {
    const text = `尊敬的合作伙伴：
您的激励申付单 SF2025090001 已处理，请按以下信息开具增值税专用发票：
购方名称：示例云计算技术有限公司
纳税人识别号：${number}
注册地址、电话：贵州省贵安新区示例大道 1 号 0851-88888888
开户行及账号：示例银行贵安支行 1234 5678 9012 3456
发票类型：增值税专用发票，税率：6%
邮寄地址：广东省深圳市龙岗区示例街道 100 号 3 栋
收件人：李示例
联系电话：13800138000
`;
    expect(read(text)).toEqual({
      buyerName: '示例云计算技术有限公司',
      buyerTaxNumber: number,
      mailingAddress: '广东省深圳市龙岗区示例街道 100 号 3 栋',
      recipient: '李示例',
      recipientPhone: '13800138000',
    });
    expect(readNotice(text).notes.map(({ en }) => en)).toEqual([expect.stringContaining('registered address')]);
  });

  it('2: one running sentence, address, person and phone together', () => {
    const text = `发票抬头为示例云（深圳）有限公司，税号为${number}。请将纸质发票及开票清单邮寄至广东省深圳市福田区示例路8号示例大厦12楼，王小明（收），0755-28780808，谢谢！`;
    expect(read(text)).toEqual({
      buyerName: '示例云（深圳）有限公司',
      buyerTaxNumber: number,
      mailingAddress: '广东省深圳市福田区示例路8号示例大厦12楼',
      recipient: '王小明',
      recipientPhone: '0755-28780808',
    });
  });

  it('3: digital invoices to a mailbox, brackets and full-width letters', () => {
    const wide = [...number].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join('');
    const text = `【开票名称】示例数字能源有限公司\n【税号】${wide}\n【公共邮箱】fapiao.public@example.com（仅接收数电票）\n如有疑问请联系邮箱：help@example.com`;
    expect(read(text)).toEqual({ buyerName: '示例数字能源有限公司', buyerTaxNumber: number, mailbox: 'fapiao.public@example.com' });
    expect(
      readNotice(text)
        .fields.find(({ field }) => field === 'mailbox')
        ?.others.map(({ value }) => value),
    ).toEqual(['help@example.com']);
  });

  it('4: a table pasted from a page, values behind tabs or on the next line', () => {
    const text = `名  称\t示例技术服务有限公司\n统一社会信用代码/纳税人识别号\t${number}\n收票地址\n浙江省杭州市滨江区示例路 66 号\n收票人\t陈会计  186 1234 5678\n邮编\t310000`;
    expect(read(text)).toEqual({
      buyerName: '示例技术服务有限公司',
      buyerTaxNumber: number,
      mailingAddress: '浙江省杭州市滨江区示例路 66 号',
      recipient: '陈会计',
      recipientPhone: '186 1234 5678',
    });
  });

  it('5: English, with blanks behind the words of a list', () => {
    const text = `Please issue the VAT special invoice as follows.\nCompany name: Example Cloud Technologies Co., Ltd.\nTaxpayer ID: ${number.toLowerCase()}\nMailing address: 12 Example Road, Bantian, Shenzhen 518129\nAttn: Ms. Zhang\nTel: +86 13912345678\nEmail: invoices@example.com`;
    expect(read(text)).toEqual({
      buyerName: 'Example Cloud Technologies Co., Ltd.',
      buyerTaxNumber: number,
      mailingAddress: '12 Example Road, Bantian, Shenzhen 518129',
      recipient: 'Ms. Zhang',
      recipientPhone: '+86 13912345678',
      mailbox: 'invoices@example.com',
    });
  });

  it('6: no words before the values at all', () => {
    const text = `示例云计算技术有限公司\n${number}\n有问题发邮件 fp@example.com`;
    expect(read(text)).toEqual({ buyerName: '示例云计算技术有限公司', buyerTaxNumber: number, mailbox: 'fp@example.com' });
    expect(readNotice(text).fields.every(({ labelled }) => !labelled)).toBe(true);
  });

  it('7: everything in one line, parted by semicolons', () => {
    const text = `1、购买方：示例云计算有限公司；2、税号：${number}；3、地址：四川省成都市高新区示例街 9 号 张三 收 028-12345678；4、邮箱：a_b@mail.example.com.cn；`;
    expect(read(text)).toEqual({
      buyerName: '示例云计算有限公司',
      buyerTaxNumber: number,
      mailingAddress: '四川省成都市高新区示例街 9 号',
      recipient: '张三',
      recipientPhone: '028-12345678',
      mailbox: 'a_b@mail.example.com.cn',
    });
  });

  it('tells a tax number that cannot be right, and what it did not find', () => {
    const { fields, notes } = readNotice('税号：91440300MA5XXXXXX1');
    expect(fields).toMatchObject([{ field: 'buyerTaxNumber', value: '91440300MA5XXXXXX1', labelled: true }]);
    expect(notes.map(({ zh }) => zh)).toEqual([expect.stringContaining('校验位'), '没有读到购方名称']);
    expect(readNotice('您好').notes[0]?.zh).toBe('没有读到购方名称和购方税号');
  });

  it('reads any text, and every span lies in it', () => {
    const words = [
      '购方名称',
      '：',
      '税号',
      '地址',
      '\n',
      ' ',
      '电话',
      number,
      '13800138000',
      'a@b.cn',
      '示例公司',
      '收',
      '，',
      '\t',
      '为',
      '（',
    ];
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 4 })), { maxLength: 30 }),
        (parts) => void read(parts.join('')),
      ),
    );
  });

  it('gets through a long text of nothing', () => {
    const text = '公司名称 '.repeat(2000) + '（'.repeat(5000);
    expect(readNotice(text).fields.length).toBeLessThanOrEqual(6);
  });
});
