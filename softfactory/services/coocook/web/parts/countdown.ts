import { useEffect, useState } from "react";

export interface Left {
  /** Whole seconds, never below 0. */
  seconds: number;
  minutes: number;
  /** `9:05` */
  clock: string;
  over: boolean;
}

/** What is left until a moment. A second that has begun still counts, so `0:00` means that it is over. */
export function leftUntil(endsAt: string | number, now: number): Left {
  const end = typeof endsAt === "number" ? endsAt : Date.parse(endsAt);
  const seconds = Math.max(0, Math.ceil((end - now) / 1000));
  const minutes = Math.floor(seconds / 60);
  return {
    seconds,
    minutes,
    clock: `${minutes}:${String(seconds % 60).padStart(2, "0")}`,
    over: seconds === 0,
  };
}

/** `leftUntil`, counting; null where nothing ends. */
export function useCountdown(endsAt: string | null | undefined): Left | null {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!endsAt) return;
    const tick = () => setNow(Date.now());
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [endsAt]);
  return endsAt ? leftUntil(endsAt, now) : null;
}
