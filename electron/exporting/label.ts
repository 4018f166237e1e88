import { drawLabel, type LabelPlace } from './label-drawing.ts';
import type { LabelPrint } from './label-model.ts';
import { makePdf, type FontFiles, type PrintedPdf } from './pdf-document.ts';

const millimetre = 72 / 25.4;
const a4 = { width: 210 * millimetre, height: 297 * millimetre };
const roll = { width: 100 * millimetre, height: 150 * millimetre };

/** Prints address labels: four on an A4 sheet with lines to cut along, or one on each 100 × 150 mm. Throws MissingGlyphs. */
export function printLabels(print: LabelPrint, fonts: FontFiles): Promise<PrintedPdf> {
  const sheet = print.size === 'a4' ? a4 : roll;
  const perSheet = print.size === 'a4' ? 4 : 1;
  const title = `地址标签 ${print.labels.flatMap(({ requestIds }) => requestIds).join(' ')}`;
  const paper = {
    size: [sheet.width, sheet.height],
    landscape: false,
    title,
    author: print.labels[0]?.from.company ?? '',
    at: print.at,
  } as const;
  return makePdf(paper, fonts, (document, meter) => {
    for (const [index, label] of print.labels.entries()) {
      const place = index % perSheet;
      if (place === 0) {
        document.addPage();
        if (perSheet > 1) drawCuts(document);
      }
      drawLabel({ document, meter, label, print }, placeOf(place, perSheet > 1));
    }
    return Math.ceil(print.labels.length / perSheet);
  });
}

/** Where a label stands on its sheet: two by two, or the whole. */
function placeOf(index: number, four: boolean): LabelPlace {
  if (!four) return { x: 0, y: 0, ...roll };
  const [width, height] = [a4.width / 2, a4.height / 2];
  return { x: (index % 2) * width, y: Math.floor(index / 2) * height, width, height };
}

function drawCuts(document: PDFKit.PDFDocument): void {
  document.lineWidth(0.4).dash(3, { space: 3 }).strokeColor('#8c8c8c');
  document
    .moveTo(a4.width / 2, 0)
    .lineTo(a4.width / 2, a4.height)
    .stroke();
  document
    .moveTo(0, a4.height / 2)
    .lineTo(a4.width, a4.height / 2)
    .stroke();
  document.undash().strokeColor('#000000');
}
