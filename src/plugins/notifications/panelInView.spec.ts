import { Widget } from '@lumino/widgets';
import { PANEL_ID } from '../../tokens';
import { isPanelInView } from './panelInView';

function shellWith(...panels: Widget[]) {
  return { widgets: (area?: string) => (area === 'right' ? panels : [])[Symbol.iterator]() };
}

function panel(): { widget: Widget; scroller: HTMLElement } {
  const widget = new Widget();
  widget.id = PANEL_ID;
  const scroller = document.createElement('div');
  scroller.className = 'jp-Datalad-panel';
  widget.node.append(scroller);
  return { widget, scroller };
}

test('a panel that is hidden, not loaded or scrolled down does not tell what failed', () => {
  const { widget, scroller } = panel();
  const shell = shellWith(new Widget(), widget);
  expect(isPanelInView(shell)).toBe(false);
  Widget.attach(widget, document.body);
  expect(isPanelInView(shell)).toBe(true);
  scroller.scrollTop = 200;
  expect(isPanelInView(shell)).toBe(false);
  scroller.remove();
  expect(isPanelInView(shell)).toBe(false);
  expect(isPanelInView(shellWith())).toBe(false);
  widget.dispose();
});
