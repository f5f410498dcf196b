import { Button, Center } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface MoreButtonProps {
  /** From `usePages`. */
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

/** The next page of a list. A button rather than endless scrolling, so that the footer stays reachable. */
export function MoreButton({ hasNextPage, isFetchingNextPage, fetchNextPage }: MoreButtonProps) {
  const { t } = useTranslation("shell");
  if (!hasNextPage) return null;
  return (
    <Center mt="lg">
      <Button variant="default" loading={isFetchingNextPage} onClick={() => fetchNextPage()}>
        {t("more")}
      </Button>
    </Center>
  );
}
