import type { ReactNode } from "react";
import { type Dice, n, polar } from "#web/ui/illustration/dice";
import {
  Basil,
  Egg,
  HalfEgg,
  Leaf,
  Lemon,
  Mushroom,
  Pinch,
  Scallion,
  Shrimp,
  Steam,
  Tomato,
} from "#web/ui/illustration/garnish";
import type { TablePalette } from "#web/ui/illustration/palettes";
import { Bowl, BowlRim, Plate } from "#web/ui/illustration/table";

/** A dish seen from above, centred at the origin, about 110 in radius, vessel included. */
export type Food = (props: { dice: Dice; table: TablePalette }) => ReactNode;

const R = 110;

function sector(from: number, to: number, radius: number): string {
  const a = polar(from, radius);
  const b = polar(to, radius);
  return `M0 0L${a.x} ${a.y}A${radius} ${radius} 0 ${to - from > Math.PI ? 1 : 0} 1 ${b.x} ${b.y}Z`;
}

/** Strands that lie in rings, for noodles and pasta. */
function strands(dice: Dice, radius: number, count: number): string {
  return Array.from({ length: count }, (_, index) => {
    const r = radius * (0.28 + (0.72 * index) / count);
    const from = dice.between(0, Math.PI * 2);
    const a = polar(from, r);
    const b = polar(from + dice.between(1.6, 2.8), r * dice.between(0.92, 1.02));
    return `M${a.x} ${a.y}A${n(r)} ${n(r)} 0 0 1 ${b.x} ${b.y}`;
  }).join("");
}

export const bibimbap: Food = ({ dice, table }) => {
  const fillings = dice
    .shuffle(["#e0762f", "#6d9a4f", "#8a5a3a", "#e9d9a8", "#b7412f", "#3f6b45", "#d9b04a", "#efe6d2"])
    .slice(0, 7);
  const step = (Math.PI * 2) / fillings.length;
  const start = dice.between(0, step);
  const dark = dice.chance(0.5) ? "#2e2b2a" : table.bowl;
  return (
    <>
      <Bowl r={R} colour={dark} inside="#f7f1e4" />
      {fillings.map((fill, index) => (
        <g key={fill}>
          <path d={sector(start + index * step, start + (index + 1) * step, 92)} fill={fill} />
          <path
            d={[0.22, 0.5, 0.78]
              .map((part) => {
                const angle = start + (index + part) * step;
                const a = polar(angle, 46);
                const b = polar(angle + 0.06, 86);
                return `M${a.x} ${a.y}L${b.x} ${b.y}`;
              })
              .join("")}
            stroke="#fff"
            strokeOpacity=".3"
            strokeWidth="4"
            strokeLinecap="round"
          />
        </g>
      ))}
      <circle r="38" fill="#000" opacity=".08" cy="3" />
      <Egg size={1.2} turn={dice.between(0, 360)} />
      <Pinch dice={dice} count={16} radius={80} colour="#fff6dd" />
      <BowlRim r={R} colour={dark} />
    </>
  );
};

export const noodles: Food = ({ dice, table }) => {
  const broth = dice.pick(["#e2b266", "#c96a35", "#efd9a4", "#a65a34"]);
  return (
    <>
      <Bowl r={R} colour={table.bowl} inside={broth} />
      <path
        d={strands(dice, 74, 24)}
        fill="none"
        stroke="#f8e2a6"
        strokeWidth="6.500"
        strokeLinecap="round"
      />
      <path
        d={strands(dice, 70, 12)}
        fill="none"
        stroke="#e4bf73"
        strokeWidth="2.500"
        strokeLinecap="round"
      />
      <HalfEgg x={-34} y={-26} turn={dice.between(-40, 10)} size={1.15} />
      <HalfEgg x={-4} y={-46} turn={dice.between(0, 50)} size={1.15} />
      <g transform={`rotate(${n(dice.between(-12, 12))}) translate(36 -20)`}>
        <rect x="-22" y="-30" width="44" height="46" rx="9" fill="#c98a63" />
        <path d="M-22 -14q22 9 44 0M-22 0q22 9 44 0" stroke="#f4d9c4" strokeWidth="7" fill="none" />
      </g>
      <path d="M-72 22L-40 4L-20 62L-46 76Z" fill="#2f4a3c" />
      {dice.scatter(8, 30, 12).map(({ x, y }) => (
        <Scallion key={`${x}`} x={x + 26} y={y * 0.8 + 42} />
      ))}
      <BowlRim r={R} colour={table.bowl} />
    </>
  );
};

export const stew: Food = ({ dice }) => {
  const broth = dice.pick(["#c4422a", "#d0562c", "#b5602e", "#c9873e"]);
  const pieces = dice.scatter(7, 60, 33);
  return (
    <>
      <g fill="#1f1d1c">
        <rect x="-134" y="-18" width="34" height="36" rx="12" />
        <rect x="100" y="-18" width="34" height="36" rx="12" />
      </g>
      <Bowl r={R} colour="#2b2826" inside={broth} />
      <circle r="80" fill="#fff" opacity=".08" />
      {pieces.map(({ x, y, turn }, index) =>
        index % 3 === 1 ? (
          <Mushroom key={turn} x={x} y={y} turn={turn} size={1.25} />
        ) : (
          <g key={turn} transform={`translate(${n(x)} ${n(y)}) rotate(${n(turn)})`}>
            <rect x="-18" y="-15" width="36" height="32" rx="5" fill="#e8d3a9" />
            <rect x="-18" y="-17" width="36" height="28" rx="5" fill="#fdf4dc" />
          </g>
        ),
      )}
      {dice.scatter(9, 76, 20).map(({ x, y }) => (
        <Scallion key={`${x}`} x={x} y={y} />
      ))}
      <path d="M-6 -24l30 -10l-24 20zM20 36l26 -2l-22 14z" fill="#b3261e" />
      <g fill="#fff" opacity=".45">
        {dice.scatter(10, 84, 14).map(({ x, y }) => (
          <circle key={`${y}`} cx={n(x)} cy={n(y)} r="4" />
        ))}
      </g>
      <BowlRim r={R} colour="#2b2826" />
      <Steam y={-30} />
    </>
  );
};

export const fish: Food = ({ dice, table }) => {
  const body = dice.pick(["#d98a5f", "#8fa6b2", "#c9b29b", "#e0a070"]);
  const dark = "#5d4436";
  return (
    <>
      <ellipse cx="5" cy="11" rx="152" ry="92" fill="#2a1608" opacity=".2" />
      <ellipse rx="150" ry="90" fill={table.plate} />
      <ellipse rx="128" ry="70" fill="none" stroke={table.rim} strokeWidth="5" />
      <g>
        {[-62, -28, 6, 40].map((x) => (
          <Leaf
            key={x}
            x={x}
            y={dice.between(26, 40)}
            turn={dice.between(70, 110)}
            size={2}
            colour="#7fa35f"
          />
        ))}
      </g>
      <g transform={`rotate(${n(dice.between(-9, -3))})`}>
        <path
          d="M-112 0C-84 -46 6 -52 66 -12L104 -36C98 -12 98 12 106 34L66 12C8 50 -84 44 -112 0Z"
          fill={body}
        />
        <path d="M-112 0C-84 -46 6 -52 66 -12C20 -24 -60 -22 -112 0Z" fill="#000" opacity=".1" />
        <path
          d="M-70 -30C-58 -10 -58 12 -70 28"
          stroke={dark}
          strokeOpacity=".5"
          strokeWidth="4"
          fill="none"
          strokeLinecap="round"
        />
        <circle cx="-88" cy="-5" r="7.500" fill="#fff" />
        <circle cx="-88" cy="-5" r="4" fill="#2d211c" />
        <path
          d="M-36 -26l18 44M-8 -30l18 52M20 -26l16 42"
          stroke={dark}
          strokeOpacity=".55"
          strokeWidth="5"
          strokeLinecap="round"
        />
      </g>
      <Lemon x={-24} y={-56} size={0.9} />
      <Lemon x={14} y={-60} size={0.9} turn={30} />
      <Basil x={104} y={46} turn={30} />
      <Pinch dice={dice} count={12} radius={58} colour="#4d7f3f" />
    </>
  );
};

export const pasta: Food = ({ dice, table }) => {
  const kind = dice.pick(["tomato", "cream", "green", "vongole"] as const);
  const [strand, under] = {
    tomato: ["#f0c35e", "#c9472e"],
    cream: ["#fae6b4", "#efd394"],
    green: ["#c9cf74", "#7d9a45"],
    vongole: ["#f6dc93", "#e3bd66"],
  }[kind] as [string, string];
  return (
    <>
      <Plate r={R + 4} table={table} dice={dice} />
      <circle r="74" fill={under} />
      <path d={strands(dice, 72, 24)} fill="none" stroke={strand} strokeWidth="7.500" strokeLinecap="round" />
      <path
        d={strands(dice, 58, 12)}
        fill="none"
        stroke="#fff"
        strokeOpacity=".35"
        strokeWidth="2.500"
        strokeLinecap="round"
      />
      {kind === "tomato" ? <circle r="26" fill="#c9472e" cy="-2" /> : null}
      {dice.scatter(5, 52, 30).map(({ x, y, turn }) =>
        kind === "vongole" ? (
          <g key={turn} transform={`translate(${n(x)} ${n(y)}) rotate(${n(turn)})`}>
            <path d="M-18 4C-16 -18 16 -18 18 4C8 12 -8 12 -18 4Z" fill="#6f7f8c" />
            <path d="M-12 3C-10 -10 10 -10 12 3C6 8 -6 8 -12 3Z" fill="#f4e4cf" />
          </g>
        ) : kind === "cream" ? (
          <Mushroom key={turn} x={x} y={y} turn={turn} size={1.1} />
        ) : (
          <Tomato key={turn} x={x} y={y} turn={turn} size={0.95} />
        ),
      )}
      <Basil x={dice.between(-8, 8)} y={dice.between(-10, 4)} turn={dice.between(-40, 40)} size={1.25} />
      <Pinch dice={dice} count={14} radius={70} colour="#fffaf0" />
    </>
  );
};

export const pizza: Food = ({ dice }) => (
  <>
    <ellipse cx="5" cy="10" rx="122" ry="121" fill="#2a1608" opacity=".2" />
    <circle r="120" fill="#b98352" />
    <circle r="110" fill="#e0a95c" />
    <circle r="96" fill="#cf5230" />
    <circle r="92" fill="#f4cf7c" />
    {dice.scatter(7, 76, 34).map(({ x, y, turn }) => (
      <circle key={turn} cx={n(x)} cy={n(y)} r="19" fill="#fff3d3" opacity=".9" />
    ))}
    {dice.scatter(6, 72, 38).map(({ x, y, turn }) => (
      <Tomato key={turn} x={x} y={y} turn={turn} size={1.15} />
    ))}
    {dice.scatter(6, 78, 36).map(({ x, y, turn }) => (
      <Leaf key={turn} x={x} y={y} turn={turn} colour="#4d7f3f" />
    ))}
    <path
      d="M0 0L0 -110M0 0L95 55M0 0L-95 55M0 0L95 -55M0 0L-95 -55M0 0L0 110"
      stroke="#a5622d"
      strokeOpacity=".4"
      strokeWidth="2.500"
    />
  </>
);

export const sushi: Food = ({ dice }) => {
  const tops = dice.shuffle(["#f08a5d", "#d8433b", "#f6d9c6", "#f2b441", "#e9a58c", "#f08a5d"]);
  return (
    <g transform="rotate(-4)">
      <rect x="-136" y="-78" width="282" height="176" rx="10" fill="#2a1608" opacity=".2" />
      <rect
        x="-140"
        y="-86"
        width="280"
        height="172"
        rx="10"
        fill={dice.pick(["#33302e", "#8a5a38", "#3f5a63"])}
      />
      <rect
        x="-140"
        y="-86"
        width="280"
        height="172"
        rx="10"
        fill="none"
        stroke="#fff"
        strokeOpacity=".12"
        strokeWidth="5"
      />
      {tops.map((top, index) => {
        const x = -92 + (index % 4) * 46;
        const y = -36;
        return index < 4 ? (
          <g key={`${x}`} transform={`translate(${x} ${y}) rotate(10)`}>
            <rect x="-17" y="-32" width="34" height="66" rx="15" fill="#fffaf0" />
            <path d="M-19 -26Q0 -46 19 -26V24Q0 40 -19 24Z" fill={top} />
            <path
              d="M-16 -14L16 -22M-16 2L16 -6M-16 18L16 10"
              stroke="#fff"
              strokeOpacity=".55"
              strokeWidth="3.500"
              strokeLinecap="round"
            />
            {top === "#f2b441" ? <rect x="-20" y="-4" width="40" height="12" fill="#27382f" /> : null}
          </g>
        ) : null;
      })}
      {[-100, -62, -24, 14].map((x, index) => (
        <g key={x} transform={`translate(${x} 44)`}>
          <circle r="19" fill="#27382f" />
          <circle r="15" fill="#fffaf0" />
          <circle r="7" fill={["#f08a5d", "#6a9a4a", "#d8433b", "#f2b441"][index]} />
        </g>
      ))}
      <path d="M64 48q14 -22 32 -4q18 -8 20 12q-22 18 -52 -8z" fill="#f3b6ac" />
      <path d="M106 -58q12 -8 20 4q2 14 -10 16q-14 0 -10 -20z" fill="#8fb35b" />
      <Leaf x={104} y={-8} turn={40} size={1.6} colour="#4d7f3f" />
    </g>
  );
};

export const seafood: Food = ({ dice }) => (
  <>
    <g fill="#2b2826">
      <rect x="-146" y="-16" width="44" height="32" rx="14" />
      <rect x="102" y="-16" width="44" height="32" rx="14" />
    </g>
    <ellipse cx="5" cy="10" rx="120" ry="118" fill="#2a1608" opacity=".22" />
    <circle r="118" fill="#2f2c2a" />
    <circle r="102" fill="#e8a93c" />
    <path
      d={dice
        .scatter(70, 94, 9)
        .map(({ x, y }) => `M${n(x)} ${n(y)}l6 2`)
        .join("")}
      stroke="#f7d27c"
      strokeWidth="5"
      strokeLinecap="round"
    />
    {dice.scatter(5, 60, 46).map(({ x, y, turn }) => (
      <Shrimp key={turn} x={x} y={y} turn={turn} size={1.35} />
    ))}
    {dice.scatter(5, 80, 44).map(({ x, y, turn }) => (
      <g key={turn} transform={`translate(${n(x)} ${n(y)}) rotate(${n(turn)})`}>
        <path d="M-20 2C-14 -18 14 -18 20 2C10 14 -10 14 -20 2Z" fill="#2d3440" />
        <path d="M-12 2C-8 -8 8 -8 12 2C6 8 -6 8 -12 2Z" fill="#f0a35c" />
      </g>
    ))}
    {dice.scatter(12, 88, 22).map(({ x, y }) => (
      <circle key={`${x}`} cx={n(x)} cy={n(y)} r="5" fill="#6a9a4a" />
    ))}
    <Lemon x={-64} y={58} />
    <Lemon x={70} y={-52} turn={20} />
  </>
);
