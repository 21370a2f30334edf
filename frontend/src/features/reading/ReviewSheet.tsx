import { Text } from "@mantine/core";
import type { Reading } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { SignSheet } from "@/ui/SignSheet";
import { SignedContent } from "./SignedContent";
import { useReview, useShownAgain, useSign } from "./signing";
import { Unseen } from "./Unseen";
import type { NameOf } from "./words";

interface Props {
  reading: Reading;
  isSaved: boolean;
  /** The server knows by now which slices were shown. */
  isTold: boolean;
  nameOf: NameOf;
  onGoTo: (item: ItemCode) => void;
  onShowUnseen: (series: number) => void;
  onClose: () => void;
}

/** Exactly what the server has, once more; then the signature under it. */
export function ReviewSheet({ reading, isSaved, isTold, nameOf, onGoTo, onShowUnseen, onClose }: Props) {
  const review = useReview(reading, isSaved && isTold);
  const sign = useSign(reading);
  const hasChanged = useShownAgain(sign.error, () => void review.refetch());
  const shown = review.isFetching ? undefined : review.data;
  return (
    <SignSheet
      title="Review and sign" missing={shown?.missing ?? []} unpinned={shown?.missing_pins ?? []} meaning={reading.meaning}
      waiting={waitingFor(isSaved, shown !== undefined)} isBusy={sign.isPending} error={sign.error ?? review.error}
      onSign={(password) => shown && sign.mutate({ password, sha256: shown.content_sha256 }, { onSuccess: onClose })} onGoTo={(item) => onGoTo(item as ItemCode)} onClose={onClose}
    >
      {shown && <Unseen unseen={shown.unseen} onShow={onShowUnseen} />}
      {hasChanged && <Text size="sm" fw={500} role="status">This is how it stands now.</Text>}
      {shown && <SignedContent instrument={reading.instrument} review={shown} nameOf={nameOf} />}
    </SignSheet>
  );
}

function waitingFor(isSaved: boolean, isShown: boolean): string | undefined {
  if (!isSaved) return "Waiting until every answer is saved.";
  return isShown ? undefined : "Asking for what will be signed.";
}
