import { useEffect, useRef, useState } from 'react';
import type { Job, JobReport } from '../../protocol/job';
import type { IPanelActions } from '../types';

/** The report of a job, read again when it has printed more or has ended; null before, and for what happened in a terminal. */
export function useReport({ id, ended, origin, printed }: Job, actions: Pick<IPanelActions, 'report'>): JobReport | null {
  const [report, setReport] = useState<JobReport | null>(null);
  const shown = useRef<string | null>(null);
  /** While one is read, what comes meanwhile is read once, after it. */
  const reading = useRef({ busy: false, again: false });
  useEffect(() => {
    shown.current = id;
    return () => {
      shown.current = null;
    };
  }, [id]);
  useEffect(() => {
    const { current } = reading;
    const read = async (): Promise<void> => {
      current.busy = true;
      do {
        current.again = false;
        const answer = await actions.report(id);
        if (shown.current === id) {
          setReport(answer);
        }
      } while (current.again && shown.current === id);
      current.busy = false;
    };
    if (origin !== 'panel') {
      return;
    }
    current.again = true;
    if (!current.busy) {
      void read();
    }
  }, [actions, id, ended, origin, printed]);
  return report;
}
