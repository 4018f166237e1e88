import { Input } from 'antd';
import { useEffect, useState } from 'react';

/** How long typing rests before the list is asked again, in milliseconds. */
const restMs = 200;

interface Props {
  readonly id: string;
  readonly label: string;
  readonly what: string;
  readonly search: string;
  readonly onSearch: (search: string | undefined) => void;
}

/** A list's search: asked a moment after typing rests. */
export function SearchField({ id, label, what, search, onSearch }: Props) {
  const [typed, setTyped] = useState(search);
  const [seen, setSeen] = useState(search);
  // What is searched can also change from outside (cleared, another month); what is being typed follows then.
  if (seen !== search) {
    setSeen(search);
    setTyped(search);
  }
  useEffect(() => {
    if (typed === search) return;
    const timer = setTimeout(() => onSearch(typed.trim() === '' ? undefined : typed), restMs);
    return () => clearTimeout(timer);
  }, [typed, search, onSearch]);
  return (
    <Input
      id={id}
      aria-label={label}
      placeholder={label}
      title={what}
      value={typed}
      allowClear
      onChange={(e) => setTyped(e.target.value)}
    />
  );
}
