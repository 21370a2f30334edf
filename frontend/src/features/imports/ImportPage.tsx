import { Text } from "@mantine/core";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useIsLocked, useStudyCode } from "@/api/studies";
import { useCentres } from "@/api/team";
import type { UploadCode } from "@/lib/brand";
import { useNoStrayDrop } from "@/lib/useNoStrayDrop";
import { Confirm } from "@/ui/Confirm";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Page } from "@/ui/Page";
import { StudyNotice } from "@/ui/StudyNotice";
import { AddImages } from "./AddImages";
import type { Found } from "./collect";
import { InterruptedPanel } from "./InterruptedPanel";
import { meant } from "./meant";
import { useBeingSent, useDiscard, useGoOn, useStart, useUpload, useUploads } from "./queries";
import { isInterrupted } from "./report";
import { SendingPanel } from "./SendingPanel";
import { namesOf, resume, useSending } from "./sending";
import { UploadsPanel } from "./UploadsPanel";
import { VerdictPanel } from "./VerdictPanel";

const DROP_HERE = "Drop what the scanner or the archive exported. Each file gets a verdict; files that are not MR images never stop the rest.";
const CAME_IN = "What came in, with a verdict for each file.";

export default function ImportPage() {
  useNoStrayDrop();
  const study = useStudyCode();
  const isLocked = useIsLocked();
  const sending = useSending(study);
  const [search, setSearch] = useSearchParams();
  const [unwanted, setUnwanted] = useState<UploadCode | null>(null);
  const selected = (search.get("upload") as UploadCode | null) ?? sending?.code ?? null;
  const uploads = useUploads(study);
  const centres = useCentres(study);
  const beingSent = useBeingSent();
  // Kept here and not beside the drop zones: those are gone as soon as the first file leaves.
  const begin = useStart(study);
  const goOn = useGoOn(study);
  const select = (code: UploadCode) => setSearch({ upload: code }, { replace: true });
  const goOnWith = (code: UploadCode, found: Found[]) => {
    if (found.length > 0) goOn.mutate({ code, found }, { onSuccess: select });
  };
  const isOnItsWay = sending !== null && sending.phase !== "arrived";
  const interrupted = isOnItsWay || !beingSent.data ? [] : (uploads.data ?? []).filter((upload) => isInterrupted(upload, [...beingSent.data, sending?.code]));
  const isShown = selected !== null && !(isOnItsWay && sending.code === selected) && !interrupted.some(({ code }) => code === selected);
  const upload = useUpload(isShown ? selected : null);
  return (
    <Page title="Import" description={isLocked ? CAME_IN : DROP_HERE}>
      {isOnItsWay && <SendingPanel sending={sending} onResume={() => void resume()} onDiscard={() => setUnwanted(sending.code)} />}
      {interrupted.map((one) => (
        <InterruptedPanel
          key={one.code} upload={one} isBusy={goOn.isPending} error={goOn.variables?.code === one.code ? goOn.error : null}
          onAdd={(found) => goOnWith(one.code, meant(found))} onDiscard={() => setUnwanted(one.code)}
        />
      ))}
      {isLocked && <StudyNotice study={study} state="locked" />}
      {!isOnItsWay && !isLocked && (
        <AddImages
          isBusy={begin.isPending} error={begin.error} centres={(centres.data ?? []).map(({ name }) => name)}
          onAdd={(images) => begin.mutate(images, { onSuccess: select })}
        />
      )}
      {upload.isError && <ErrorNotice error={upload.error} onRetry={() => upload.refetch()} />}
      {isShown && upload.data && <VerdictPanel key={selected} upload={upload.data} names={namesOf(upload.data.code)} />}
      {uploads.isError && <ErrorNotice error={uploads.error} onRetry={() => uploads.refetch()} />}
      {uploads.data && uploads.data.length > 0 && <UploadsPanel uploads={uploads.data} selected={isShown ? selected : null} onSelect={select} />}
      <Discarding study={study} code={unwanted} onDone={() => setUnwanted(null)} />
    </Page>
  );
}

function Discarding({ study, code, onDone }: { study: ReturnType<typeof useStudyCode>; code: UploadCode | null; onDone: () => void }) {
  const discard = useDiscard(study);
  const close = () => {
    discard.reset();
    onDone();
  };
  return (
    <Confirm
      opened={code !== null} title="Discard this upload?" action="Discard" isDangerous isBusy={discard.isPending} error={discard.error}
      onConfirm={() => code && discard.mutate(code, { onSuccess: close })} onCancel={close}
    >
      <Text size="sm">What has arrived of it is destroyed on the server. Your own files are not touched, and nothing that was imported before is.</Text>
    </Confirm>
  );
}
