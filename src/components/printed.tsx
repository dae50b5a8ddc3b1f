import type { JSX } from 'react';

interface IPrintedProps {
  /** What it is, for a screen reader. */
  label: string;
  text: string;
  className?: string | undefined;
}

/** Text of a program, as it is. It may be wide or long, so the keyboard reaches it to scroll, and then it has to have a name. */
export function Printed({ label, text, className }: IPrintedProps): JSX.Element {
  return (
    <pre className={className} tabIndex={0} role="group" aria-label={label}>
      {text}
    </pre>
  );
}
