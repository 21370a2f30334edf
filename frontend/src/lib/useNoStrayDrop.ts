import { useEffect } from "react";

/** Words that are dragged from one field to another are no file. */
function swallow(event: DragEvent): void {
  if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
}

/** Without this, a file or folder dropped beside the zone makes the browser leave the page to show it. */
export function useNoStrayDrop(): void {
  useEffect(() => {
    window.addEventListener("dragover", swallow);
    window.addEventListener("drop", swallow);
    return () => {
      window.removeEventListener("dragover", swallow);
      window.removeEventListener("drop", swallow);
    };
  }, []);
}
