import { Autocomplete, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { fieldError } from "@/api/errors";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Panel } from "@/ui/Panel";
import type { Found } from "./collect";
import { DropZone } from "./DropZone";
import { meant } from "./meant";
import type { Images } from "./sending";

interface Props {
  isBusy: boolean;
  error: unknown;
  /** The study's names for its hospitals. */
  centres: string[];
  onAdd: (images: Images) => void;
}

/** A new upload: whose images they are and where they come from, if the person knows, and the drop zone. */
export function AddImages({ isBusy, error, centres, onAdd }: Props) {
  const [subject, setSubject] = useState("");
  const [centre, setCentre] = useState("");
  const take = (found: Found[]) => {
    const files = meant(found);
    if (files.length > 0) onAdd({ subject, centre, found: files });
  };
  return (
    <Panel>
      <Stack gap={20}>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing={24} maw={880}>
          <TextInput
            label="Subject (optional)" placeholder="RA-017" maxLength={40}
            description="The study's own pseudonym, when everything you drop is one patient. Never a name, a date of birth or a hospital number."
            value={subject} onChange={(event) => setSubject(event.currentTarget.value)} error={fieldError(error, "subject")}
          />
          <Autocomplete
            label="Centre (optional)" placeholder="Lisbon" maxLength={40} data={centres}
            description="Where the images were made, under the name your study has for it. Readers never see it."
            value={centre} onChange={setCentre} error={fieldError(error, "centre")}
          />
        </SimpleGrid>
        {error != null && <ErrorNotice error={error} title="The upload could not begin" />}
        <DropZone isDisabled={isBusy} onFound={take} />
      </Stack>
    </Panel>
  );
}
