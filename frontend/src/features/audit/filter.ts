/** What the trail is filtered by, as it stands in the address bar and as the server is asked. Empty: all. */
export interface Filter {
  action: string;
  object: string;
  person: string;
  since: string;
  until: string;
  text: string;
}

const NAMES = ["action", "object", "person", "since", "until", "text"] as const satisfies (keyof Filter)[];

export function filterOf(search: URLSearchParams): Filter {
  return Object.fromEntries(NAMES.map((name) => [name, search.get(name) ?? ""])) as unknown as Filter;
}

/** Only what is set, so that an address says no more than was asked. */
export function searchOf(filter: Filter): URLSearchParams {
  return new URLSearchParams(NAMES.filter((name) => filter[name].trim()).map((name) => [name, filter[name].trim()]));
}

export function isFiltered(filter: Filter): boolean {
  return searchOf(filter).size > 0;
}

/** The part of an address after the path: nothing where nothing is asked. */
export function queryOf(filter: Filter, before?: number): string {
  const search = searchOf(filter);
  if (before) search.set("before", String(before));
  return search.size > 0 ? `?${search.toString()}` : "";
}
