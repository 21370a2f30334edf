import { Anchor, Checkbox, NumberInput, Select, Text } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { useStudyCode } from "@/api/studies";
import type { Allocation, ReaderSettings } from "@/api/types";
import { Empty } from "@/ui/Empty";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Grid } from "@/ui/Grid";
import { Panel } from "@/ui/Panel";

type Reader = Allocation["readers"][number];

interface Props {
  readers: Reader[];
  /** The study's hospitals, by name. */
  centres: string[];
  mayChange: boolean;
  error: unknown;
  onChange: (username: string, change: Partial<ReaderSettings>) => void;
}

const ABOUT =
  "What the draw has to know of each reader. It counts from the next draw on: what is assigned stays. Whoever is away gets nothing new; readings they hold can be given to somebody else on the Overview.";

/** The readers, with what the draw goes by; each setting is saved as it is made. */
export function ReadersPanel({ readers, centres, mayChange, error, onChange }: Props) {
  const study = useStudyCode();
  if (readers.length === 0) {
    return (
      <Panel flush title="Readers">
        <Empty title="No readers yet"><Anchor component={Link} to={`/studies/${study}/people`} underline="always">Add readers under People</Anchor></Empty>
      </Panel>
    );
  }
  return (
    <Panel flush title="Readers" description={ABOUT}>
      {error != null && <div style={{ padding: "0 20px 12px" }}><ErrorNotice error={error} /></div>}
      <Grid label="Readers">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col" style={{ textAlign: "right" }}>Readings held</th>
            <th scope="col" style={{ width: 170 }}>Share of all cases</th>
            <th scope="col" style={{ width: 240 }}>Own hospital</th>
            <th scope="col" style={{ width: 110 }}>Away</th>
          </tr>
        </thead>
        <tbody>
          {readers.map((reader) => (
            <ReaderRow key={reader.username} reader={reader} centres={centres} mayChange={mayChange} onChange={(change) => onChange(reader.username, change)} />
          ))}
        </tbody>
      </Grid>
      <Text size="sm" c="dimmed" px={20} py={12}>
        Without a share, a reader takes an equal part of what the others leave. {centres.length === 0 && "Hospitals can be chosen once images of the study name them."}
      </Text>
    </Panel>
  );
}

function ReaderRow({ reader, centres, mayChange, onChange }: { reader: Reader; centres: string[]; mayChange: boolean; onChange: (change: Partial<ReaderSettings>) => void }) {
  const name = reader.full_name;
  return (
    <tr>
      <td style={{ height: 48 }}>
        <Text fw={500} size="sm">{name}</Text>
        <Text size="xs" c="dimmed">{reader.username}</Text>
      </td>
      <td style={{ textAlign: "right" }}>{reader.held}</td>
      <td><Share key={reader.share} name={name} share={reader.share} disabled={!mayChange} onChange={(share) => onChange({ share })} /></td>
      <td>
        <Select
          aria-label={`Own hospital of ${name}`} placeholder="None of the study's" size="xs" clearable disabled={!mayChange || centres.length === 0}
          data={centres} value={reader.centre} onChange={(centre) => onChange({ centre: centre ?? "" })}
        />
      </td>
      <td><Checkbox aria-label={`${name} is away`} disabled={!mayChange} checked={reader.is_away} onChange={(event) => onChange({ is_away: event.currentTarget.checked })} /></td>
    </tr>
  );
}

/** A percentage, said when the field is left or with Enter; an empty field is an equal part. */
function Share({ name, share, disabled, onChange }: { name: string; share: number | null; disabled: boolean; onChange: (share: number | null) => void }) {
  const [typed, setTyped] = useState<number | string>(share ?? "");
  const say = () => {
    const next = typeof typed === "number" ? Math.min(100, Math.max(1, typed)) : null;
    if (next !== share) onChange(next);
  };
  return (
    <NumberInput
      aria-label={`Share of ${name}, in per cent`} placeholder="equal part" size="xs" suffix=" %" min={1} max={100} allowDecimal={false} hideControls disabled={disabled}
      value={typed} onChange={setTyped} onBlur={say} onKeyDown={(event) => event.key === "Enter" && say()}
    />
  );
}
