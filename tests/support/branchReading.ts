import * as v from 'valibot';
import { type CallOutput, calls } from '../../src/protocol/contract';
import type { CommitId } from '../../src/protocol/revision';
import { HistoryReading } from './historyReading';

/** Questions about branches as the browser asks them: what is answered travels as JSON, and is parsed again. */
export class BranchReading extends HistoryReading {
  async branches(dataset: string): Promise<CallOutput<'branches'>> {
    const { datasets, signal } = this.reading;
    const answer = await datasets.history.branches(v.parse(calls.branches.input, { dataset }), signal);
    return v.parse(calls.branches.output, JSON.parse(JSON.stringify(answer)));
  }

  async lost(dataset: string, branch?: string): Promise<CallOutput<'lostCommits'>> {
    const { datasets, signal } = this.reading;
    return await datasets.history.lostCommits(v.parse(calls.lostCommits.input, { dataset, branch }), signal);
  }

  /** The commit of a name, as git tells it. */
  async at(dataset: string, name: string): Promise<CommitId> {
    return (await this.git(dataset, 'rev-parse', name)) as CommitId;
  }

  /** The branch that is checked out, as git tells it. */
  async current(dataset: string): Promise<string> {
    return await this.git(dataset, 'branch', '--show-current');
  }
}
