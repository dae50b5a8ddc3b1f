import type { BarUpdate } from './messages';
import { ProgressMeter } from './progress';

function bar(id: string, parts: Partial<BarUpdate>): BarUpdate {
  return { type: 'progress', id, step: 'update', label: 'Total', unit: ' Bytes', total: null, value: 0, ...parts };
}

describe('ProgressMeter', () => {
  it('tells bytes, rate, time left and the files that move', () => {
    const meter = new ProgressMeter(file => file.replace('/root/', ''));
    meter.update(bar('1', { total: 10_000 }), 0);
    expect(meter.progress).toEqual({ bytes: 0, totalBytes: 10_000, active: [] });
    meter.update(bar('1-a', { label: 'Get /root/ds/a folder/a.bin', total: 6_000, value: 1_000 }), 0);
    meter.update(bar('1', { total: 10_000, value: 4_000 }), 2_000);
    expect(meter.progress).toEqual({
      bytes: 4_000,
      totalBytes: 10_000,
      rate: 2_000,
      remaining: 3_000,
      active: [{ path: 'ds/a folder/a.bin', bytes: 1_000, totalBytes: 6_000 }]
    });
  });

  it('never goes back when git-annex starts anew in the next dataset', () => {
    const meter = new ProgressMeter();
    meter.update(bar('1', { total: 1_000, value: 900 }), 0);
    meter.update(bar('1', { total: 1_000, value: 900, step: 'end' }), 1_000);
    meter.update(bar('2', { total: 500 }), 1_100);
    expect(meter.progress).toMatchObject({ bytes: 900, totalBytes: 1_500 });
    meter.update(bar('2', { total: 500, value: 100 }), 2_000);
    expect(meter.progress).toMatchObject({ bytes: 1_000, totalBytes: 1_500 });
  });

  it('tells no rate before a second of data, and counts no time in which none came', () => {
    const meter = new ProgressMeter();
    for (const time of [0, 1_000, 2_000, 3_000]) {
      meter.update(bar('1', { total: 10_000 }), time);
    }
    meter.update(bar('1', { total: 10_000, value: 40 }), 3_100);
    expect(meter.progress).toEqual({ bytes: 40, totalBytes: 10_000, active: [] });
    meter.update(bar('1', { total: 10_000, value: 2_000 }), 5_000);
    expect(meter.progress).toMatchObject({ rate: 1_000, remaining: 8_000 });
  });

  it('measures the rate over the last seconds only', () => {
    const meter = new ProgressMeter();
    for (let second = 0; second <= 60; second++) {
      meter.update(
        bar('1', { total: 1_000_000, value: second < 50 ? second * 10_000 : 490_000 + (second - 49) * 100 }),
        second * 1_000
      );
    }
    expect(meter.progress.rate).toBe(100);
  });

  it('counts files that ended and names the step of what has no bytes', () => {
    const meter = new ProgressMeter();
    meter.update(bar('f', { label: 'Get a.bin', total: 5, value: 5 }), 0);
    meter.update(bar('f', { label: 'Get a.bin', total: 5, value: 5, step: 'end' }), 1);
    expect(meter.progress).toEqual({ files: 1, active: [] });
    meter.update(bar('c', { label: 'Receiving objects', unit: ' objects', total: 200, value: 50 }), 2);
    expect(meter.progress.step).toBe('Receiving objects 25 %');
    meter.update(bar('u', { label: 'Unlocking', unit: ' Files', total: 4, value: 1 }), 3);
    expect(meter.progress).toMatchObject({ files: 1, totalFiles: 4 });
  });
});
