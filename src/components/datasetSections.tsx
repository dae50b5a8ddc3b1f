import type { Summary } from '../protocol/dataset';
import { ChangesSection } from './changes/changesSection';
import { dataDetail, DataSection } from './data/dataSection';
import { blockedWords } from './notices/obstacleWords';
import type { IPanelProps } from './panel';
import { Section } from './section';
import { changeCount } from './statusLine';
import type { SectionName } from './types';
import type { IUndo } from './undo/useUndo';

export interface IDatasetSectionsProps extends IPanelProps {
  summary: Summary;
  undo: IUndo;
  onToggle(section: SectionName): void;
}

/** The sections that only a dataset has. */
export function DatasetSections(props: IDatasetSectionsProps): JSX.Element {
  const { summary, state, listing, jobs, undo, memory, actions, trans, history, onRemember, onToggle } = props;
  return (
    <>
      <Section
        name="changes"
        title={trans.__('Changes')}
        detail={summary.changes.length > 0 ? changeCount(summary) : undefined}
        open={memory.open.includes('changes')}
        onToggle={onToggle}
      >
        <ChangesSection
          summary={summary}
          memory={memory}
          jobs={jobs}
          undo={undo}
          blocked={blockedWords(state, trans)}
          actions={actions}
          trans={trans}
          onRemember={onRemember}
        />
      </Section>
      {summary.dataset.annex !== 'none' && (
        <Section
          name="data"
          title={trans.__('Data')}
          detail={dataDetail(state.totals, trans)}
          open={memory.open.includes('data')}
          onToggle={onToggle}
        >
          <DataSection
            summary={summary}
            totals={state.totals}
            listing={listing}
            folder={state.folder}
            actions={actions}
            trans={trans}
          />
        </Section>
      )}
      <Section name="history" title={trans.__('History')} open={memory.open.includes('history')} onToggle={onToggle}>
        {history}
      </Section>
    </>
  );
}
