import { n, polar } from "#web/ui/illustration/dice";
import type { Food } from "#web/ui/illustration/foods";
import { Leaf, Mushroom, Pinch, Scallion, Tomato } from "#web/ui/illustration/garnish";
import { Bowl, BowlRim, Plate, SideDish } from "#web/ui/illustration/table";

export const steak: Food = ({ dice, table }) => (
  <>
    <Plate r={116} table={table} dice={dice} />
    <path
      d="M-72 34C-40 66 40 66 74 26C66 60 -60 76 -72 34Z"
      fill={dice.pick(["#7a3b2a", "#5b7a3c", "#c98a2f"])}
    />
    <g transform={`rotate(${n(dice.between(-16, 8))}) translate(-4 -8)`}>
      <path d="M-62 -8C-58 -44 -6 -54 34 -42C68 -32 72 8 46 28C14 48 -66 38 -62 -8Z" fill="#6b3325" />
      <path d="M-54 -8C-50 -38 -6 -46 30 -35C58 -27 62 4 40 20C12 38 -58 30 -54 -8Z" fill="#8d4633" />
      <path
        d="M-40 -22L-8 26M-14 -38L22 24M14 -38L44 12"
        stroke="#4d2118"
        strokeWidth="6"
        strokeLinecap="round"
      />
      <rect x="-10" y="-16" width="22" height="18" rx="4" fill="#f7dc83" transform="rotate(14)" />
    </g>
    {[-1, 0, 1].map((index) => (
      <g key={index} transform={`translate(${58 + index * 7} ${-32 + index * 20}) rotate(${24 + index * 8})`}>
        <rect x="-6" y="-38" width="11" height="66" rx="5.500" fill={index ? "#6f9a4b" : "#88b05f"} />
        <path d="M-6 -30q5 -14 11 0" fill="#4d7f3f" />
      </g>
    ))}
    <Tomato x={-58} y={-48} size={1.2} />
    <Mushroom x={-26} y={58} turn={-20} size={1.4} />
    <Leaf x={4} y={62} turn={60} />
    <Pinch dice={dice} count={12} radius={70} colour="#3c5a2f" />
  </>
);

export const tacos: Food = ({ dice, table }) => (
  <>
    <Plate r={118} table={table} dice={dice} />
    {[
      [-26, -44, -14],
      [10, 0, 8],
      [-14, 52, -6],
    ].map(([x = 0, y = 0, turn = 0]) => (
      <g key={y} transform={`translate(${x} ${y + 18}) rotate(${turn})`}>
        <path d="M-64 8A64 60 0 0 1 64 8Z" fill="#2a1608" opacity=".16" transform="translate(4 6)" />
        <path d="M-62 0A62 58 0 0 1 62 0Z" fill="#d99c47" />
        {[0, 1, 2, 3, 4, 5, 6, 7].map((bit) => {
          const at = polar(Math.PI + ((bit + 0.5) * Math.PI) / 8, 52);
          return (
            <circle
              key={bit}
              cx={at.x}
              cy={at.y}
              r={bit % 2 ? 12 : 10}
              fill={["#7fae52", "#8d4a2e", "#d8452f", "#8d4a2e"][bit % 4]}
            />
          );
        })}
        <path d="M-60 6A60 50 0 0 1 60 6Q0 18 -60 6Z" fill="#f0c574" />
        <path
          d="M-34 -10h.1M-12 -24h.1M14 -8h.1M36 -16h.1M0 0h.1"
          stroke="#d8a550"
          strokeWidth="8"
          strokeLinecap="round"
        />
      </g>
    ))}
    <g transform="translate(78 62)">
      <path d="M-20 0A20 20 0 0 1 20 0Z" fill="#8dbb4c" />
      <path d="M-14 0A14 14 0 0 1 14 0Z" fill="#dcebb0" />
    </g>
  </>
);

export const curry: Food = ({ dice, table }) => {
  const sauce = dice.pick(["#d98b2b", "#c65a2b", "#8aa04a", "#b5462f"]);
  return (
    <>
      <Bowl r={108} colour={table.bowl} inside={sauce} />
      <path d="M-88 -24A92 92 0 0 1 88 -24C56 -2 30 -34 0 -16C-30 2 -58 -2 -88 -24Z" fill="#fdf8ea" />
      <path
        d={dice
          .scatter(40, 70, 8)
          .filter(({ y }) => y < 6)
          .map(({ x, y }) => `M${n(x)} ${n(y - 40)}l5 2`)
          .join("")}
        stroke="#e9dcc0"
        strokeWidth="3.500"
        strokeLinecap="round"
      />
      {dice.scatter(6, 42, 26).map(({ x, y, turn }, index) => (
        <rect
          key={turn}
          x={n(x - 12)}
          y={n(y * 0.6 + 34)}
          width="24"
          height="20"
          rx="7"
          fill={["#e8b23c", "#e07a3a", "#f1d9a3"][index % 3]}
          transform={`rotate(${n(turn / 6)} ${n(x)} ${n(y * 0.6 + 40)})`}
        />
      ))}
      <path
        d="M-40 52q40 20 78 -8"
        stroke="#fdf3df"
        strokeWidth="6"
        fill="none"
        strokeLinecap="round"
        opacity=".8"
      />
      <Leaf x={-6} y={-28} turn={30} colour="#4d7f3f" size={1.2} />
      <Leaf x={12} y={-30} turn={-40} colour="#6fa35c" size={1.1} />
      <BowlRim r={108} colour={table.bowl} />
      <g transform="translate(110 74) rotate(-24)">
        <path
          d="M-48 0C-48 -34 34 -40 54 -6C62 22 -34 40 -48 0Z"
          fill="#2a1608"
          opacity=".18"
          transform="translate(3 7)"
        />
        <path d="M-48 0C-48 -34 34 -40 54 -6C62 22 -34 40 -48 0Z" fill="#ecc78a" />
        <g fill="#c98f4e" opacity=".75">
          <circle cx="-20" cy="-6" r="7" />
          <circle cx="8" cy="8" r="9" />
          <circle cx="26" cy="-12" r="6" />
        </g>
      </g>
    </>
  );
};

export const salad: Food = ({ dice, table }) => {
  const greens = ["#7fae52", "#5d8f45", "#9cc46a", "#4a7a3d"];
  return (
    <>
      <Bowl r={110} colour={table.bowl} inside="#5d8f45" />
      {dice.scatter(26, 84, 20).map(({ x, y, turn }, index) => (
        <Leaf key={turn} x={x} y={y} turn={turn} size={2} colour={greens[index % 4]} />
      ))}
      {dice.scatter(5, 66, 40).map(({ x, y, turn }) => (
        <Tomato key={turn} x={x} y={y} turn={turn} size={1.15} />
      ))}
      {dice.scatter(5, 74, 36).map(({ x, y, turn }) => (
        <g key={turn} transform={`translate(${n(x)} ${n(y)})`}>
          <circle r="15" fill="#d24f7b" />
          <circle r="12.500" fill="#fff4f5" />
        </g>
      ))}
      {dice.scatter(4, 60, 40).map(({ x, y, turn }) => (
        <g key={turn} transform={`translate(${n(x)} ${n(y)}) rotate(${n(turn)})`}>
          <path
            d="M-22 0C-14 -24 14 -24 22 0C10 -8 -10 -8 -22 0Z"
            fill="#cfd98a"
            stroke="#7a9a45"
            strokeWidth="3"
          />
        </g>
      ))}
      <Pinch dice={dice} count={18} radius={80} colour="#fff2cc" />
      <BowlRim r={110} colour={table.bowl} />
    </>
  );
};

export const grill: Food = ({ dice, table }) => (
  <>
    <ellipse cx="5" cy="10" rx="120" ry="118" fill="#2a1608" opacity=".22" />
    <circle r="118" fill="#26262a" />
    <circle r="104" fill="#3a3836" />
    <path d="M-84 -60H84M-98 -30H98M-103 0H103M-98 30H98M-84 60H84" stroke="#56534f" strokeWidth="6" />
    {[
      [-44, -48],
      [26, -52],
      [-54, 2],
      [12, -4],
      [-26, 50],
      [46, 42],
    ].map(([x = 0, y = 0]) => (
      <g key={`${x},${y}`} transform={`translate(${x} ${y}) rotate(${n(dice.between(-16, 16))})`}>
        <rect x="-32" y="-16" width="64" height="32" rx="11" fill="#a8502f" />
        <path d="M-28 -5q28 -8 56 2" stroke="#f0c0a0" strokeWidth="7" strokeLinecap="round" fill="none" />
        <path d="M-16 -15l8 29M4 -15l8 29" stroke="#5d2719" strokeWidth="5" strokeLinecap="round" />
      </g>
    ))}
    {[
      [78, -12],
      [66, -34],
      [-84, 34],
    ].map(([x = 0, y = 0]) => (
      <circle key={`${x},${y}`} cx={x} cy={y} r="9" fill="#f3e2bd" />
    ))}
    <Mushroom x={-2} y={82} size={1.3} />
    <SideDish x={-134} y={-62} r={34} table={table}>
      {[-9, 0, 9].map((x) => (
        <Leaf key={x} x={x} turn={x * 5} size={1.5} colour="#6f9f4c" />
      ))}
    </SideDish>
    <SideDish x={136} y={70} r={29} table={table}>
      <circle r="19" fill="#a8341f" />
      <Scallion x={4} y={-3} />
    </SideDish>
  </>
);

export const banchan: Food = ({ dice, table }) => {
  const fills = dice.shuffle([
    "#c4422a",
    "#7fae52",
    "#e9b84a",
    "#8a5a3a",
    "#f1e3c2",
    "#5d7f3f",
    "#e2803f",
    "#d8a7a0",
  ]);
  const around = [0, 1, 2, 3, 4, 5, 6, 7].map((index) => polar((index * Math.PI) / 4 + 0.2, 92));
  return (
    <g transform="scale(1.02)">
      <circle cx="5" cy="10" r="140" fill="#2a1608" opacity=".2" />
      <circle r="138" fill={dice.pick(["#5a3727", "#2f2b2a", "#7b4b33"])} />
      <circle r="130" fill="none" stroke="#fff" strokeOpacity=".14" strokeWidth="3" />
      {around.map(({ x, y }, index) => (
        <SideDish key={`${x},${y}`} x={x} y={y} r={33} table={table}>
          <circle r="23" fill={fills[index]} />
          <path
            d="M-13 -7q13 -9 26 0M-15 3q15 9 30 0M-9 12q9 5 18 0"
            stroke="#fff"
            strokeOpacity=".4"
            strokeWidth="4"
            strokeLinecap="round"
            fill="none"
          />
          {index % 3 === 0 ? <Scallion x={3} y={-2} /> : null}
        </SideDish>
      ))}
      <circle r="48" fill={table.bowl} />
      <circle r="40" fill="#fdf8ea" />
      <path
        d={dice
          .scatter(30, 34, 8)
          .map(({ x, y }) => `M${n(x)} ${n(y)}l5 2`)
          .join("")}
        stroke="#e9dcc0"
        strokeWidth="3.500"
        strokeLinecap="round"
      />
      <Leaf x={0} y={-4} turn={35} size={0.9} />
    </g>
  );
};
