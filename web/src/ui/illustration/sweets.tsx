import { polar } from "#web/ui/illustration/dice";
import type { Food } from "#web/ui/illustration/foods";
import { Berry, Leaf, Pinch } from "#web/ui/illustration/garnish";
import { Plate } from "#web/ui/illustration/table";

export const cake: Food = ({ dice, table }) => {
  const cream = dice.pick(["#fff4e6", "#f3d3c6", "#7a4a33", "#f6e1a8", "#d9e3c0"]);
  const edge = { "#7a4a33": "#5d3524" }[cream] ?? "#ecd3b4";
  const fruit = dice.pick(["#c2334b", "#3f4f8c", "#e2893a", "#8c2f55"]);
  const missing = dice.pick([0, 1, 2, 5, 6]);
  const slices = [0, 1, 2, 3, 4, 5, 6, 7].filter((slice) => slice !== missing);
  return (
    <>
      <Plate r={118} table={table} dice={dice} />
      <g>
        {slices.map((slice) => {
          const a = polar((slice * Math.PI) / 4, 82);
          const b = polar(((slice + 1) * Math.PI) / 4, 82);
          const middle = polar(((slice + 0.5) * Math.PI) / 4, 58);
          return (
            <g key={slice}>
              <path
                d={`M0 0L${a.x} ${a.y}A82 82 0 0 1 ${b.x} ${b.y}Z`}
                fill={cream}
                stroke={edge}
                strokeWidth="3"
                strokeLinejoin="round"
              />
              <circle cx={middle.x} cy={middle.y} r="15" fill={edge} />
              <circle cx={middle.x} cy={middle.y} r="11" fill="#fffaf2" />
              <Berry x={middle.x} y={middle.y} colour={fruit} size={0.95} />
            </g>
          );
        })}
        <circle r="17" fill={edge} opacity=".7" />
        <Leaf x={-8} y={-2} turn={-50} size={0.9} />
        <Leaf x={8} y={-2} turn={50} size={0.9} />
      </g>
      <Pinch dice={dice} count={10} radius={96} colour={fruit} />
    </>
  );
};

export const dessertPlate: Food = ({ dice, table }) => {
  const shells = dice.shuffle(["#e8a0a8", "#b7c98a", "#e9c46a", "#a07a5a", "#c9b0d6", "#f0c7a0"]);
  return (
    <>
      <Plate r={116} table={table} dice={dice} />
      <path
        d="M-76 18C-30 60 40 54 78 -8"
        stroke="#8c2f45"
        strokeWidth="13"
        strokeLinecap="round"
        fill="none"
        opacity=".8"
      />
      {[
        [-44, -22],
        [2, -44],
        [44, -14],
      ].map(([x = 0, y = 0], index) => (
        <g key={x} transform={`translate(${x} ${y})`}>
          <circle cx="2" cy="5" r="27" fill="#2a1608" opacity=".16" />
          <circle r="26" fill={shells[index]} />
          <circle r="26" fill="none" stroke="#000" strokeOpacity=".08" strokeWidth="6" />
          <path
            d="M-14 -8a18 18 0 0 1 12 -10"
            stroke="#fff"
            strokeWidth="5"
            strokeLinecap="round"
            fill="none"
            opacity=".7"
          />
        </g>
      ))}
      <g transform="translate(6 26)">
        <circle r="24" fill="#fff6e2" />
        <path d="M-14 2c4 -18 24 -18 26 0c-6 8 -20 8 -26 0z" fill="#f3e0b8" />
      </g>
      {dice.scatter(5, 30, 15).map(({ x, y }) => (
        <Berry key={`${x}`} x={x - 50} y={y * 0.6 + 40} colour={dice.pick(["#3f4f8c", "#c2334b"])} />
      ))}
      <Leaf x={22} y={10} turn={40} />
      <Leaf x={34} y={18} turn={90} size={0.8} />
    </>
  );
};
