import { Group, SimpleGrid, Skeleton, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** Says "loading" once to a screen reader, whatever the shapes show. */
function Loading({ children }: { children: React.ReactNode }) {
  const { t } = useTranslation("shell");
  return (
    <div role="status" aria-label={t("loading")}>
      {children}
    </div>
  );
}

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

/** `titled`: the heading stands there already. */
export function PageSkeleton({ titled = false }: { titled?: boolean }) {
  return (
    <Loading>
      <Stack gap="md">
        {titled ? null : <Skeleton height={36} width="40%" />}
        <Skeleton height={18} width="65%" />
        <Skeleton height={260} mt="md" />
      </Stack>
    </Loading>
  );
}

/** A line within a sentence's company: a `span`, so that it may stand where text does. */
export function LineSkeleton() {
  return <Skeleton component="span" display="block" height={12} width="70%" my={4} />;
}

/** Picture cards, as in a list of chefs. */
export function CardsSkeleton({ count = 6 }: { count?: number }) {
  return (
    <Loading>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="lg">
        {range(count).map((index) => (
          <Stack key={index} gap="xs">
            <Skeleton style={{ aspectRatio: "4 / 3" }} />
            <Skeleton height={20} width="70%" mt={4} />
            <Skeleton height={16} width="50%" />
          </Stack>
        ))}
      </SimpleGrid>
    </Loading>
  );
}

/** Rows, as in a list of bookings or a table. */
export function RowsSkeleton({ count = 4, height = 72 }: { count?: number; height?: number }) {
  return (
    <Loading>
      <Stack gap="sm">
        {range(count).map((index) => (
          <Skeleton key={index} height={height} />
        ))}
      </Stack>
    </Loading>
  );
}

export function FormSkeleton({ fields = 3 }: { fields?: number }) {
  return (
    <Loading>
      <Stack gap="lg">
        {range(fields).map((index) => (
          <Stack key={index} gap={6}>
            <Skeleton height={16} width={120} />
            <Skeleton height={44} />
          </Stack>
        ))}
        <Group>
          <Skeleton height={44} width={140} />
        </Group>
      </Stack>
    </Loading>
  );
}
