import { CustomChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use as register } from 'echarts/core';
import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams, CustomSeriesRenderItemReturn } from 'echarts';
import { SVGRenderer } from 'echarts/renderers';
import { waterfallAxis, type Bar } from './waterfall-bars.ts';

register([CustomChart, GridComponent, SVGRenderer]);

const fills = { total: '#8fa3b8', up: '#5b8fc7', down: '#b9cbe0', unexplained: '#c62f2f' };

function fillOf(bar: Bar): string {
  if (bar.role === 'total') return fills.total;
  if (bar.role === 'unexplained') return fills.unexplained;
  return bar.to >= bar.from ? fills.up : fills.down;
}

/** Draws one bar and the thin line that leads to the next one; a total that is cut gets a white break. */
function shapes(bars: readonly Bar[], axis: ReturnType<typeof waterfallAxis>) {
  return (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI): CustomSeriesRenderItemReturn => {
    const bar = bars[params.dataIndex];
    if (!bar) return null;
    const origin = axis.cut ? (axis.min > 0 ? axis.min : axis.max) : 0;
    const [x0 = 0, y = 0] = api.coord([bar.role === 'total' ? origin : bar.from, params.dataIndex]);
    const [x1 = 0, yNext = 0] = api.coord([bar.to, params.dataIndex + 1]);
    const fill = fillOf(bar);
    const thick = bar.role === 'total' ? 13 : 11;
    const width = Math.max(bar.to === bar.from ? 0 : 1.5, Math.abs(x1 - x0));
    const children: NonNullable<Extract<CustomSeriesRenderItemReturn, { type: 'group' }>>['children'] = [
      { type: 'rect', shape: { x: Math.min(x0, x1), y: y - thick / 2, width, height: thick, r: 1 }, style: { fill } },
    ];
    if (params.dataIndex < bars.length - 1) {
      children.push({
        type: 'line',
        shape: { x1, y1: y + thick / 2, x2: x1, y2: yNext - 5.5 },
        style: { stroke: '#9aa7b4', lineWidth: 1 },
      });
    }
    if (axis.cut && bar.role === 'total') {
      const x = x0 + (axis.min > 0 ? 9 : -9);
      const zig = {
        points: [
          [x, y - 8],
          [x + 3, y - 2],
          [x - 1, y + 2],
          [x + 2, y + 8],
        ],
      };
      children.push({ type: 'polyline', shape: zig, style: { stroke: '#fff', lineWidth: 2.5, fill: 'none' } });
    }
    return { type: 'group', children };
  };
}

/** Draws into `element`, follows its width; answers the function that takes everything away again. */
export function drawWaterfall(element: HTMLElement, bars: readonly Bar[]): () => void {
  const chart = init(element, undefined, { renderer: 'svg' });
  const axis = waterfallAxis(bars);
  chart.setOption({
    animation: false,
    grid: { left: 1, right: 1, top: 0, bottom: 0, outerBoundsMode: 'none' },
    xAxis: { type: 'value', min: axis.min, max: axis.max, show: false },
    yAxis: { type: 'category', data: bars.map((_, i) => String(i)), inverse: true, show: false },
    series: [{ type: 'custom', data: bars.map((b, i) => [b.to, i]), renderItem: shapes(bars, axis), silent: true }],
  });
  const watch = new ResizeObserver(() => chart.resize());
  watch.observe(element);
  return () => {
    watch.disconnect();
    chart.dispose();
  };
}
