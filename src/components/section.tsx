import { caretDownIcon, caretRightIcon } from '@jupyterlab/ui-components';
import { type ReactNode, useId } from 'react';
import type { SectionName } from './types';

export interface ISectionProps {
  name: SectionName;
  title: string;
  /** A few words on the right of the heading: a count, a size. */
  detail?: string;
  open: boolean;
  onToggle(name: SectionName): void;
  children: ReactNode;
}

/** One foldable region of the panel; its heading stays when it is folded. */
export function Section({ name, title, detail, open, onToggle, children }: ISectionProps): JSX.Element {
  const id = useId();
  const Caret = open ? caretDownIcon.react : caretRightIcon.react;
  return (
    <section className="jp-Datalad-section" aria-label={title} data-section={name}>
      <h3 className="jp-Datalad-sectionHeading">
        <button
          type="button"
          aria-label={title}
          aria-description={detail}
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          data-section-heading=""
          onClick={() => onToggle(name)}
        >
          <Caret tag="span" className="jp-Datalad-caret" width="16px" />
          <span className="jp-Datalad-sectionTitle">{title}</span>
          {detail !== undefined && <span className="jp-Datalad-sectionDetail">{detail}</span>}
        </button>
      </h3>
      {open && (
        <div id={id} className="jp-Datalad-sectionBody">
          {children}
        </div>
      )}
    </section>
  );
}
