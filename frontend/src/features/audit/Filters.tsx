import { Button, Group, NativeSelect, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { TrailChoices } from "@/api/types";
import { type Filter, isFiltered } from "./filter";
import { actionInWords } from "./words";

interface Props {
  filter: Filter;
  choices: TrailChoices;
  onChange: (filter: Filter) => void;
}

const NOTHING: Filter = { action: "", object: "", person: "", since: "", until: "", text: "" };

/** While a year is typed, its first digits are a year of antiquity. */
const isWholeDay = (day: string) => day === "" || day >= "1900";

/** What to look for. Choices act at once; what is typed, when it is finished. */
export function Filters({ filter, choices, onChange }: Props) {
  const [typed, setTyped] = useState({ object: filter.object, text: filter.text, since: filter.since, until: filter.until });
  const set = (part: Partial<Filter>) => onChange({ ...filter, ...typed, ...part });
  const setDay = (end: "since" | "until", day: string) => {
    setTyped({ ...typed, [end]: day });
    if (isWholeDay(day)) set({ [end]: day });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    set({});
  };
  const clear = () => {
    setTyped(NOTHING);
    onChange(NOTHING);
  };
  const actions = [{ value: "", label: "Every action" }, ...choices.actions.map((action) => ({ value: action, label: actionInWords(action) }))];
  const people = [
    { value: "", label: "Everybody" }, { value: "dens", label: "Dens itself" },
    ...choices.people.map(({ username, full_name }) => ({ value: username, label: full_name })),
  ];
  return (
    <form onSubmit={submit} aria-label="Filter the trail">
      <Group gap={12} align="flex-end">
        <NativeSelect label="Action" size="xs" w={190} data={actions} value={filter.action} onChange={(event) => set({ action: event.currentTarget.value })} />
        <NativeSelect label="Who" size="xs" w={170} data={people} value={filter.person} onChange={(event) => set({ person: event.currentTarget.value })} />
        <TextInput
          label="Object" placeholder="Kind or code" size="xs" w={150} value={typed.object} list="audit-objects"
          onChange={(event) => setTyped({ ...typed, object: event.currentTarget.value })} onBlur={() => set({})}
        />
        <datalist id="audit-objects">{choices.objects.map((one) => <option key={one} value={one} />)}</datalist>
        <TextInput label="From (UTC)" type="date" size="xs" value={typed.since} max={filter.until || undefined} onChange={(event) => setDay("since", event.currentTarget.value)} />
        <TextInput label="To (UTC)" type="date" size="xs" value={typed.until} min={filter.since || undefined} onChange={(event) => setDay("until", event.currentTarget.value)} />
        <TextInput
          label="In the reason" size="xs" w={170} value={typed.text}
          onChange={(event) => setTyped({ ...typed, text: event.currentTarget.value })} onBlur={() => set({})}
        />
        <Button type="submit" variant="default" size="xs">Find</Button>
        {isFiltered(filter) && <Button variant="subtle" size="xs" onClick={clear}>Show all</Button>}
      </Group>
    </form>
  );
}
