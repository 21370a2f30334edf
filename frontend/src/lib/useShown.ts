import { useState } from "react";

/** The first rows of a long list, and a way to the next ones: thousands of rows at once would freeze the page. */
export function useShown<Row>(rows: Row[], step = 200) {
  const [limit, setLimit] = useState(step);
  return { shown: rows.slice(0, limit), hidden: Math.max(0, rows.length - limit), showMore: () => setLimit(limit + step) };
}
