import { useEffect, useState } from 'react';
import type { Summary } from '../../protocol/dataset';
import type { Messages } from '../../protocol/messages';
import type { ContentsPath } from '../../protocol/paths';
import type { IPanelActions } from '../types';

/** The messages of the last saves, read again when another commit is checked out; null before the first answer. */
export function useMessages({ dataset, branch }: Summary, actions: Pick<IPanelActions, 'messages'>): Messages | null {
  const [answer, setAnswer] = useState<{ dataset: ContentsPath; messages: Messages | null } | null>(null);
  const { path } = dataset;
  useEffect(() => {
    let wanted = true;
    void actions.messages(path).then(messages => wanted && setAnswer({ dataset: path, messages }));
    return () => {
      wanted = false;
    };
  }, [path, branch.commit, actions]);
  return answer?.dataset === path ? answer.messages : null;
}
