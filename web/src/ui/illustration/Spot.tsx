export type SpotName = "empty" | "lost" | "broken" | "locked" | "done";

/** A small drawing for states without content. */
export function Spot({ name, size = 132 }: { name: SpotName; size?: number }) {
  return (
    <svg viewBox="0 0 132 132" width={size} height={size} aria-hidden="true" focusable="false">
      <circle cx="66" cy="66" r="60" fill="light-dark(#f6efe6, #2b2724)" />
      <g>{drawings[name]}</g>
    </svg>
  );
}

const plate = (
  <>
    <ellipse cx="66" cy="86" rx="40" ry="9" fill="light-dark(#e6dccf, #1b1917)" />
    <circle cx="66" cy="68" r="32" fill="light-dark(#fff, #47423d)" />
    <circle cx="66" cy="68" r="22" fill="none" stroke="light-dark(#e6dccf, #6d6761)" strokeWidth="2" />
  </>
);

const drawings: Record<SpotName, React.ReactNode> = {
  empty: (
    <>
      {plate}
      <path
        d="M22 46v14a6 6 0 0 0 12 0V46M28 46v46"
        stroke="#b3440f"
        strokeWidth="3.500"
        fill="none"
        strokeLinecap="round"
      />
      <path
        d="M104 92V46c8 4 9 16 7 26h-7"
        stroke="#b3440f"
        strokeWidth="3.500"
        fill="none"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path d="M57 68c3-6 15-6 18 0" stroke="#6f8f4e" strokeWidth="3.500" fill="none" strokeLinecap="round" />
    </>
  ),
  lost: (
    <>
      {plate}
      <path
        d="M58 62a8.500 8.500 0 1 1 12 8c-3 1.500-4 3-4 6"
        stroke="#b3440f"
        strokeWidth="5"
        fill="none"
        strokeLinecap="round"
      />
      <circle cx="66" cy="84" r="3.200" fill="#b3440f" />
    </>
  ),
  broken: (
    <>
      {plate}
      <path
        d="M66 36l-6 16 11 8-9 12 8 10-4 18"
        stroke="#b3440f"
        strokeWidth="3.500"
        fill="none"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </>
  ),
  locked: (
    <>
      <rect x="38" y="60" width="56" height="42" rx="10" fill="light-dark(#fff, #47423d)" />
      <path
        d="M50 60V48a16 16 0 0 1 32 0v12"
        stroke="light-dark(#c8c2b8, #6d6761)"
        strokeWidth="6"
        fill="none"
        strokeLinecap="round"
      />
      <circle cx="66" cy="78" r="5" fill="#b3440f" />
      <path d="M66 80v9" stroke="#b3440f" strokeWidth="4" strokeLinecap="round" />
    </>
  ),
  done: (
    <>
      {plate}
      <path
        d="M53 69l9 9 18-20"
        stroke="#4c7a34"
        strokeWidth="6"
        fill="none"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </>
  ),
};
