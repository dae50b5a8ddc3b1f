import { useEffect, useState } from 'react';
import type { Job, JobReport } from '../../protocol/job';
import type { IPanelActions } from '../types';

/** The report of a job, read again when the job has ended; null before, and for what happened in a terminal. */
export function useReport({ id, ended, origin }: Job, actions: Pick<IPanelActions, 'report'>): JobReport | null {
  const [report, setReport] = useState<JobReport | null>(null);
  useEffect(() => {
    let wanted = true;
    if (origin === 'panel') {
      void actions.report(id).then(answer => wanted && setReport(answer));
    }
    return () => {
      wanted = false;
    };
  }, [actions, id, ended, origin]);
  return report;
}
