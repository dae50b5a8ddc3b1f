import { useEffect, useRef, useState } from 'react';

/** Milliseconds between announcements: a screen reader must get to its end. */
const PAUSE = 5_000;

/** Reads a text out politely, at most every five seconds and always the last one. */
export function Announcer({ text }: { text: string }): JSX.Element {
  const [spoken, setSpoken] = useState('');
  const last = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, last.current + PAUSE - Date.now());
    const timer = setTimeout(() => {
      last.current = Date.now();
      setSpoken(text);
    }, wait);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div aria-live="polite" className="jp-Datalad-hiddenText">
      {spoken}
    </div>
  );
}
