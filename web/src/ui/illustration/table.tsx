import type { ReactNode } from "react";
import { type Dice, n } from "#web/ui/illustration/dice";
import type { TablePalette } from "#web/ui/illustration/palettes";

/** The table seen from above: cloth, wood or stone, drawn as one path so that a page of pictures stays light. */
export function Surface({ dice, table }: { dice: Dice; table: TablePalette }) {
  const { ground, line } = table;
  const pattern = dice.pick(table.surface);
  const offset = dice.int(0, 24);
  let marks: ReactNode = null;
  if (pattern === "stripes") {
    const xs = Array.from({ length: 9 }, (_, index) => index * 48 + offset - 24);
    marks = <path d={xs.map((x) => `M${x} -10V310`).join("")} stroke={line} strokeWidth="16" />;
  } else if (pattern === "gingham") {
    const steps = Array.from({ length: 8 }, (_, index) => index * 56 + offset - 28);
    marks = (
      <g stroke={line} strokeWidth="28" opacity=".55">
        <path d={steps.map((x) => `M${x} -10V310`).join("")} />
        <path d={steps.map((y) => `M-10 ${y}H410`).join("")} />
      </g>
    );
  } else if (pattern === "planks") {
    const ys = [58, 122, 186, 250].map((y) => y + (offset % 12));
    marks = (
      <>
        <path d={ys.map((y) => `M0 ${y}H400`).join("")} stroke={line} strokeWidth="5" />
        <path
          d={ys
            .map(
              (y, index) =>
                `M${(index * 131 + offset * 9) % 380} ${y - 30}q40 -7 90 0M${(index * 77 + 40) % 300} ${y - 14}q50 6 120 0`,
            )
            .join("")}
          stroke={line}
          strokeWidth="3"
          fill="none"
          strokeLinecap="round"
        />
      </>
    );
  } else if (pattern === "dots") {
    const rows = Array.from({ length: 7 }, (_, row) => row * 48 + 8);
    marks = (
      <path
        d={rows
          .map((y, row) =>
            Array.from({ length: 10 }, (_, c) => `M${c * 48 + (row % 2) * 24} ${y}h.1`).join(""),
          )
          .join("")}
        stroke={line}
        strokeWidth="10"
        strokeLinecap="round"
      />
    );
  } else if (pattern === "tiles") {
    marks = (
      <path
        d={`M0 ${75 + offset}H400M0 ${225 + offset}H400M${100 + offset} 0V400M${300 + offset} 0V400`}
        stroke={line}
        strokeWidth="4"
      />
    );
  } else if (pattern === "weave") {
    const cells = Array.from({ length: 40 }, (_, index) => ({
      x: (index % 8) * 52,
      y: Math.floor(index / 8) * 64,
    }));
    marks = (
      <path
        d={cells
          .map(({ x, y }, index) =>
            index % 2
              ? `M${x + 6} ${y + 20}h30M${x + 6} ${y + 34}h30`
              : `M${x + 12} ${y + 10}v34M${x + 28} ${y + 10}v34`,
          )
          .join("")}
        stroke={line}
        strokeWidth="5"
        strokeLinecap="round"
      />
    );
  }
  return (
    <>
      <rect x="-10" y="-10" width="420" height="320" fill={ground} />
      {marks}
    </>
  );
}

export function Shadow({ r, ry = r }: { r: number; ry?: number }) {
  return <ellipse cx="5" cy="10" rx={r + 2} ry={ry} fill="#2a1608" opacity=".2" />;
}

/** A round plate: rim, well, a band of colour on some. */
export function Plate({ r, table, dice }: { r: number; table: TablePalette; dice: Dice }) {
  const band = dice.pick(["none", "line", "dots", "none", "edge"] as const);
  return (
    <>
      <Shadow r={r} />
      <circle r={r} fill={table.plate} />
      {band === "edge" ? <circle r={r - 3} fill="none" stroke={table.accent} strokeWidth="6" /> : null}
      {band === "line" ? (
        <circle r={n(r * 0.88)} fill="none" stroke={table.accent} strokeWidth="2.500" opacity=".75" />
      ) : null}
      {band === "dots" ? (
        <circle
          r={n(r * 0.88)}
          fill="none"
          stroke={table.bowl}
          strokeWidth="6"
          strokeLinecap="round"
          strokeDasharray={`.1 ${n((2 * Math.PI * r * 0.88) / 28)}`}
          opacity=".55"
        />
      ) : null}
      <circle r={n(r * 0.76)} fill="none" stroke={table.rim} strokeWidth="5" />
      <path
        d={`M${n(-r * 0.92)} ${n(-r * 0.2)}A${n(r * 0.94)} ${n(r * 0.94)} 0 0 1 ${n(-r * 0.25)} ${n(-r * 0.9)}`}
        stroke="#fff"
        strokeWidth="4"
        fill="none"
        strokeLinecap="round"
        opacity=".8"
      />
    </>
  );
}

/** A deep bowl; what is inside reaches `r * 0.82`. Draw the rim over it with `BowlRim`. */
export function Bowl({ r, colour, inside }: { r: number; colour: string; inside: string }) {
  return (
    <>
      <Shadow r={r} />
      <circle r={r} fill={colour} />
      <circle r={n(r * 0.86)} fill={inside} />
    </>
  );
}

export function BowlRim({ r, colour }: { r: number; colour: string }) {
  return (
    <>
      <circle r={n(r * 0.92)} fill="none" stroke={colour} strokeWidth={n(r * 0.16)} />
      <circle r={n(r * 0.85)} fill="none" stroke="#000" strokeOpacity=".16" strokeWidth="4" />
      <path
        d={`M${n(-r * 0.9)} ${n(-r * 0.24)}A${n(r * 0.93)} ${n(r * 0.93)} 0 0 1 ${n(-r * 0.28)} ${n(-r * 0.89)}`}
        stroke="#fff"
        strokeWidth="4"
        fill="none"
        strokeLinecap="round"
        opacity=".45"
      />
    </>
  );
}

/** Chopsticks and a spoon lie to the right of a Korean bowl; fork and knife on both sides of a plate. */
export function Cutlery({
  style,
  table,
  reach = 136,
}: {
  style: "korean" | "chopsticks" | "western" | "none";
  table: TablePalette;
  reach?: number;
}) {
  const metal = table.ground.startsWith("#e") || table.ground.startsWith("#f") ? "#8f9396" : "#dfe2e3";
  if (style === "none") return null;
  if (style === "western") {
    return (
      <g>
        <g
          transform={`translate(${-reach - 14} 0)`}
          stroke={metal}
          strokeWidth="6"
          fill="none"
          strokeLinecap="round"
        >
          <path d="M0 -14V76" />
          <path d="M-9 -62v28q0 16 9 20q9 -4 9 -20v-28M0 -62v30" strokeWidth="4.500" />
        </g>
        <g transform={`translate(${reach + 14} 0)`} fill={metal}>
          <path d="M-4 -64q13 12 13 44q0 14 -7 22h-6z" />
          <rect x="-4" y="0" width="7" height="78" rx="3.500" />
        </g>
      </g>
    );
  }
  return (
    <g transform={`translate(${reach + 10} 0)`}>
      {style === "korean" ? (
        <g fill={metal}>
          <ellipse cx="-4" cy="-54" rx="13" ry="17" />
          <rect x="-7.500" y="-44" width="7" height="124" rx="3.500" />
        </g>
      ) : (
        <rect x="-18" y="52" width="44" height="13" rx="6.500" fill={table.accent} />
      )}
      <g stroke={style === "korean" ? metal : "#7b3f2b"} strokeWidth="5" strokeLinecap="round">
        <path d="M17 -66V80M27 -66V80" transform={style === "korean" ? "" : "translate(-16 0)"} />
      </g>
    </g>
  );
}

/** A small dish of something at the side. */
export function SideDish({
  x,
  y,
  r,
  table,
  children,
}: {
  x: number;
  y: number;
  r: number;
  table: TablePalette;
  children: ReactNode;
}) {
  return (
    <g transform={`translate(${n(x)} ${n(y)})`}>
      <ellipse cx="3" cy="6" rx={r + 1} ry={r} fill="#2a1608" opacity=".2" />
      <circle r={r} fill={table.plate} />
      <circle r={n(r * 0.78)} fill={table.rim} />
      {children}
    </g>
  );
}

export function Napkin({ x, y, turn, colour }: { x: number; y: number; turn: number; colour: string }) {
  return (
    <g transform={`translate(${x} ${y}) rotate(${turn})`}>
      <rect x="-54" y="-66" width="112" height="140" fill="#2a1608" opacity=".16" rx="3" />
      <rect x="-58" y="-72" width="112" height="140" fill={colour} rx="3" />
      <path
        d="M-48 -62H44V58H-48Z"
        fill="none"
        stroke="#fff"
        strokeOpacity=".4"
        strokeWidth="3"
        strokeDasharray="7 6"
      />
      <path d="M-58 -8L54 -20" stroke="#000" strokeOpacity=".08" strokeWidth="5" />
    </g>
  );
}
