/** A file as it lay in the person's folder. The path stays in this page's memory and is never sent. */
export interface Found {
  path: string;
  file: File;
}

const DROPPINGS = new Set([".ds_store", "thumbs.db", "desktop.ini", ".localized"]);

/** Files that operating systems leave in folders: nobody means to import them. */
export function isDropping(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  return DROPPINGS.has(name) || name.startsWith("._") || path.startsWith("__MACOSX/") || path.includes("/__MACOSX/");
}

const NATURAL = new Intl.Collator("en", { numeric: true });

/** In the order people know from their folders, so that "File 17" can be counted there. */
function inOrder(found: Found[]): Found[] {
  return found.sort((a, b) => NATURAL.compare(a.path, b.path));
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A folder hands out its entries a hundred at a time, until it hands out none. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}

async function walk(entry: FileSystemEntry): Promise<Found[]> {
  if (entry.isFile) return [{ path: entry.fullPath.replace(/^\//, ""), file: await fileOf(entry as FileSystemFileEntry) }];
  const inside = await entriesOf(entry as FileSystemDirectoryEntry);
  const found: Found[] = [];
  for (const one of inside) found.push(...(await walk(one)));
  return found;
}

/** Everything that was dropped, folders to their depth. The list must be read before the drop event ends. */
export async function collectDrop(dropped: DataTransfer): Promise<Found[]> {
  const entries = [...dropped.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const found: Found[] = [];
  for (const entry of entries) found.push(...(await walk(entry)));
  return inOrder(found);
}

export function collectChosen(files: Iterable<File> | null): Found[] {
  return inOrder([...(files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file })));
}
