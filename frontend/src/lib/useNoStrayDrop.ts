import { useEffect } from "react";

function swallow(event: DragEvent): void {
  event.preventDefault();
}

/** Without this, a folder dropped beside the zone makes the browser leave the page to show the file. */
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
