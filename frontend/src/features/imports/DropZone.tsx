import { Button, FileButton, Group, Text } from "@mantine/core";
import { type ChangeEvent, type DragEvent, useRef, useState } from "react";
import { IconImport } from "@/ui/icons";
import { type Found, collectChosen, collectDrop } from "./collect";
import classes from "./DropZone.module.css";

interface Props {
  isDisabled: boolean;
  isSmall?: boolean;
  label?: string;
  note?: string;
  onFound: (found: Found[]) => void;
}

const LABEL = "Drop a folder, files or a zip of DICOM here";
const NOTE = "Names of files and folders stay in this browser. Identity is removed on arrival, before anything is kept.";

/** Takes a folder, loose files or a zip, by dropping or by choosing. */
export function DropZone({ isDisabled, isSmall = false, label = LABEL, note = NOTE, onFound }: Props) {
  const [isOver, setIsOver] = useState(false);
  const [isReading, setIsReading] = useState(false);
  const folder = useRef<HTMLInputElement>(null);

  const drop = async (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    if (isDisabled) return;
    setIsReading(true);
    onFound(await collectDrop(event.dataTransfer).finally(() => setIsReading(false)));
  };
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    onFound(collectChosen(event.currentTarget.files));
    event.currentTarget.value = "";
  };
  const over = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(!isDisabled);
  };
  return (
    <div className={classes.zone} data-over={isOver || undefined} data-disabled={isDisabled || undefined} data-small={isSmall || undefined} onDragOver={over} onDragLeave={() => setIsOver(false)} onDrop={drop}>
      {!isSmall && <IconImport size={32} />}
      <div>
        <Text fw={600} fz={16} lh="24px">{isReading ? "Reading the folder…" : label}</Text>
        <Text c="dimmed" size="sm">{note}</Text>
      </div>
      <Group gap={8} justify="center">
        <Button onClick={() => folder.current?.click()} disabled={isDisabled} loading={isReading}>Choose a folder</Button>
        <FileButton multiple onChange={(files) => onFound(collectChosen(files))}>
          {(props) => <Button {...props} variant="default" disabled={isDisabled}>Choose files or a zip</Button>}
        </FileButton>
      </Group>
      <input ref={folder} type="file" hidden multiple onChange={choose} aria-label="Choose a folder" {...{ webkitdirectory: "" }} />
    </div>
  );
}
