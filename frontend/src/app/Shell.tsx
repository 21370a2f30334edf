import { Outlet } from "react-router";
import { Header, SkipLink } from "./Header";

/** The light pages: a header, and what the page is about. */
export function Shell() {
  return (
    <>
      <SkipLink />
      <Header />
      <div id="content" tabIndex={-1} style={{ outline: "none" }}>
        <Outlet />
      </div>
    </>
  );
}
