import { Anchor } from "@mantine/core";
import { Link } from "react-router";
import { Empty } from "@/ui/Empty";

export function NotFound() {
  return (
    <Empty title="There is nothing here">
      The page does not exist, or it is not open to you.{" "}
      <Anchor component={Link} to="/">
        Go to your start page
      </Anchor>
    </Empty>
  );
}
