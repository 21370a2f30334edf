import { Stack, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { fieldError } from "@/api/errors";
import { useStudyCode } from "@/api/studies";
import type { UploadCode } from "@/lib/brand";
import { count } from "@/lib/format";
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
  const study = useStudyCode();
  const sending = useSending(study);
  const [search, setSearch] = useSearchParams();
  const selected = search.get("upload") as UploadCode | null;
  const uploads = useUploads(study);
  const select = (code: UploadCode) => setSearch({ upload: code }, { replace: true });
  const isOnItsWay = sending !== null && sending.phase !== "arrived";
  const upload = useUpload(isOnItsWay && sending.code === selected ? null : selected);
  return (
    <Page title="Import" description="Drop what the scanner or the archive exported. Each file gets a verdict; files that are not MR images never stop the rest.">
      {isOnItsWay ? <SendingPanel sending={sending} onResume={resume} /> : <AddImages onStarted={select} />}
      {upload.isError && <ErrorNotice error={upload.error} onRetry={() => upload.refetch()} />}
      {upload.data && <VerdictPanel key={selected} upload={upload.data} names={namesOf(upload.data.code)} />}
      {uploads.isError && <ErrorNotice error={uploads.error} onRetry={() => uploads.refetch()} />}
      {uploads.data && uploads.data.length > 0 && <UploadsPanel uploads={uploads.data} selected={selected} onSelect={select} />}
    </Page>
  );
}

function AddImages({ onStarted }: { onStarted: (code: UploadCode) => void }) {
  const study = useStudyCode();
  const [subject, setSubject] = useState("");
  const begin = useStart(study);
  const take = (found: Found[]) => {
    const meant = found.filter(({ path }) => !isDropping(path));
    const leftOut = found.length - meant.length;
    if (leftOut > 0) notifications.show({ message: `${count(leftOut, "system file")} (such as .DS_Store) left out.` });
    if (meant.length > 0) begin.mutate({ subject, found: meant }, { onSuccess: onStarted });
    else notifications.show({ color: "orange", message: "There are no files in what you chose." });
  };
  return (
    <Panel>
      <Stack gap={20}>
        <TextInput
          label="Subject (optional)" placeholder="RA-017" maw={420} maxLength={64}
          description="The study's own pseudonym, when everything you drop is one patient. Never a name, a date of birth or a hospital number."
          value={subject} onChange={(event) => setSubject(event.currentTarget.value)} error={fieldError(begin.error, "subject")}
        />
        {begin.isError && <ErrorNotice error={begin.error} title="The upload could not begin" />}
        <DropZone isDisabled={begin.isPending} onFound={take} />
      </Stack>
    </Panel>
  );
}
