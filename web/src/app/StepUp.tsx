import { lazy, Suspense, useState } from "react";
import { useStepUp } from "#web/app/stepUp";

const Dialog = lazy(() => import("#web/app/StepUpDialog").then((m) => ({ default: m.StepUpDialog })));

/** Opens the dialog that asks who is there whenever an act needs it; its code comes with the first such act. */
export function StepUp() {
  const open = useStepUp();
  const [wanted, setWanted] = useState(false);
  if (open && !wanted) setWanted(true);
  if (!wanted) return null;
  return (
    <Suspense fallback={null}>
      <Dialog opened={open} />
    </Suspense>
  );
}
