import { Anchor } from "@mantine/core";
import { Link } from "react-router";
import { Empty } from "@/ui/Empty";

export function NotFound() {
  return (
    <main>
      <Empty order={1} title="There is nothing here">
        The page does not exist, or it is not open to you.{" "}
        <Anchor component={Link} to="/" underline="always">
          Go to your start page
        </Anchor>
      </Empty>
    </main>
  );
}
