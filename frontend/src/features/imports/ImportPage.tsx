import { Stack, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { fieldError } from "@/api/errors";
import { useStudyCode } from "@/api/studies";
import type { UploadCode } from "@/lib/brand";
import { count } from "@/lib/format";
import { useNoStrayDrop } from "@/lib/useNoStrayDrop";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { type Found, isDropping } from "./collect";
import { DropZone } from "./DropZone";
import { useStart, useUpload, useUploads } from "./queries";
import { namesOf, resume, useSending } from "./sending";
import { SendingPanel } from "./SendingPanel";
import { UploadsPanel } from "./UploadsPanel";
import { VerdictPanel } from "./VerdictPanel";

export default function ImportPage() {
  useNoStrayDrop();
  const study = useStudyCode();
  const sending = useSending(study);
  const [search, setSearch] = useSearchParams();
  const selected = (search.get("upload") as UploadCode | null) ?? sending?.code ?? null;
  const uploads = useUploads(study);
  // Kept here and not beside the drop zone: that one is gone as soon as the first file leaves.
  const begin = useStart(study);
  const select = (code: UploadCode) => setSearch({ upload: code }, { replace: true });
  const isOnItsWay = sending !== null && sending.phase !== "arrived";
  const upload = useUpload(isOnItsWay && sending.code === selected ? null : selected);
  return (
    <Page title="Import" description="Drop what the scanner or the archive exported. Each file gets a verdict; files that are not MR images never stop the rest.">
      {isOnItsWay ? <SendingPanel sending={sending} onResume={resume} /> : <AddImages isBusy={begin.isPending} error={begin.error} onAdd={(images) => begin.mutate(images, { onSuccess: select })} />}
      {upload.isError && <ErrorNotice error={upload.error} onRetry={() => upload.refetch()} />}
      {upload.data && <VerdictPanel key={selected} upload={upload.data} names={namesOf(upload.data.code)} />}
      {uploads.isError && <ErrorNotice error={uploads.error} onRetry={() => uploads.refetch()} />}
      {uploads.data && uploads.data.length > 0 && <UploadsPanel uploads={uploads.data} selected={selected} onSelect={select} />}
    </Page>
  );
}

interface AddImagesProps {
  isBusy: boolean;
  error: unknown;
  onAdd: (images: { subject: string; found: Found[] }) => void;
}

function AddImages({ isBusy, error, onAdd }: AddImagesProps) {
  const [subject, setSubject] = useState("");
  const take = (found: Found[]) => {
    const meant = found.filter(({ path }) => !isDropping(path));
    const leftOut = found.length - meant.length;
    if (leftOut > 0) notifications.show({ message: `${count(leftOut, "system file")} (such as .DS_Store) left out.` });
    if (meant.length > 0) onAdd({ subject, found: meant });
    else notifications.show({ color: "orange", message: "There are no files in what you chose." });
  };
  return (
    <Panel>
      <Stack gap={20}>
        <TextInput
          label="Subject (optional)" placeholder="RA-017" maw={420} maxLength={64}
          description="The study's own pseudonym, when everything you drop is one patient. Never a name, a date of birth or a hospital number."
          value={subject} onChange={(event) => setSubject(event.currentTarget.value)} error={fieldError(error, "subject")}
        />
        {error != null && <ErrorNotice error={error} title="The upload could not begin" />}
        <DropZone isDisabled={isBusy} onFound={take} />
      </Stack>
    </Panel>
  );
}
