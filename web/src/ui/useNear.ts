import { type RefCallback, useCallback, useState } from "react";

/** How far below the screen something may still be to count as near. */
const MARGIN = "200px";

/** Whether an element has come near the screen; on paper everything has. */
export function useNear<Kind extends Element>(): [RefCallback<Kind>, boolean] {
  const [near, setNear] = useState(typeof IntersectionObserver === "undefined");
  const watch = useCallback((element: Kind | null) => {
    if (!element || typeof IntersectionObserver === "undefined") return;
    const come = () => setNear(true);
    const observer = new IntersectionObserver((seen) => seen.some((each) => each.isIntersecting) && come(), {
      rootMargin: MARGIN,
    });
    observer.observe(element);
    window.addEventListener("beforeprint", come);
    return () => {
      observer.disconnect();
      window.removeEventListener("beforeprint", come);
    };
  }, []);
  return [watch, near];
}
