import { cent, formatMoney, type Money } from './money.ts';

const digits = '零壹贰叁肆伍陆柒捌玖';
const places = ['', '拾', '佰', '仟'];

/**
 * An amount in Chinese capitals as the payment rules write it (支付结算办法, appendix 1): "人民币壹万贰仟叁佰肆拾伍元陆角柒分", "人民币叁佰元整". A zero is written
 * once between two digits and left out where the rules leave it free (before 元, 万, 亿). Throws RangeError where the amount has parts of a cent.
 */
export function capitals(amount: Money): string {
  if (amount % cent !== 0n) throw new RangeError(`no capitals for parts of a cent: ${formatMoney(amount)}`);
  const cents = (amount < 0n ? -amount : amount) / cent;
  const sign = amount < 0n ? '负' : '';
  const yuan = cents / 100n;
  const jiao = Number((cents / 10n) % 10n);
  const fen = Number(cents % 10n);
  const whole = yuan === 0n ? '' : `${integer(yuan)}元`;
  if (jiao === 0 && fen === 0) return `人民币${sign}${whole || '零元'}整`;
  const gap = jiao === 0 && whole ? '零' : '';
  return `人民币${sign}${whole}${jiao ? `${digits[jiao]}角` : gap}${fen ? `${digits[fen]}分` : ''}`;
}

/** A whole number above zero; above 亿 the part in front is written the same way ("壹万亿"). */
function integer(n: bigint): string {
  if (n >= 100_000_000n) return joined(n, 100_000_000n, '亿');
  if (n >= 10_000n) return joined(n, 10_000n, '万');
  return section(Number(n));
}

function joined(n: bigint, unit: bigint, name: string): string {
  const low = n % unit;
  const gap = low !== 0n && low < unit / 10n ? '零' : '';
  return `${integer(n / unit)}${name}${gap}${low === 0n ? '' : integer(low)}`;
}

/** 1 to 9999; a run of zeros between digits is one 零. */
function section(n: number): string {
  let text = '';
  let zero = false;
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(n / 10 ** place) % 10;
    if (digit === 0) {
      zero = text !== '';
      continue;
    }
    text += `${zero ? '零' : ''}${digits[digit]}${places[place]}`;
    zero = false;
  }
  return text;
}
