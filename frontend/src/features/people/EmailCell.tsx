import { TextInput } from "@mantine/core";
import { useState } from "react";
import { fieldError } from "@/api/errors";
import { messageOf } from "@/lib/message";

interface Props {
  name: string;
  email: string;
  disabled: boolean;
  error: unknown;
  onChange: (email: string) => void;
}

/** An address, saved when the field is left or with Enter; Escape takes back what was typed. */
export function EmailCell({ name, email, disabled, error, onChange }: Props) {
  const [typed, setTyped] = useState(email);
  const say = () => typed.trim() !== email && onChange(typed.trim());
  return (
    <TextInput
      type="email" size="xs" aria-label={`E-mail of ${name}`} placeholder="no address" autoComplete="off" disabled={disabled} value={typed}
      error={error != null && (fieldError(error, "email") ?? messageOf(error))}
      onChange={(event) => setTyped(event.currentTarget.value)} onBlur={say}
      onKeyDown={(event) => {
        if (event.key === "Enter") say();
        if (event.key === "Escape") setTyped(email);
      }}
    />
  );
}
