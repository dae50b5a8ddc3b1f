import { toggled, withOpen } from './sections';

describe('open sections', () => {
  it('are two at most on a short screen: the first opened gives way', () => {
    expect(withOpen(['changes', 'data'], 'commands', 600)).toEqual(['data', 'commands']);
    expect(withOpen(['changes', 'data'], 'commands', 900)).toEqual(['changes', 'data', 'commands']);
  });

  it('open and close by their heading', () => {
    expect(toggled(['changes'], 'changes', 900)).toEqual([]);
    expect(toggled([], 'data', 900)).toEqual(['data']);
  });

  it('stay open when asked for twice', () => {
    expect(withOpen(['changes', 'data'], 'changes', 900)).toEqual(['data', 'changes']);
  });
});
