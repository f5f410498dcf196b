import { n, polar } from "#web/ui/illustration/dice";
import type { Food } from "#web/ui/illustration/foods";
import { Leaf, Lemon, Pinch, Steam } from "#web/ui/illustration/garnish";
import { Plate, SideDish } from "#web/ui/illustration/table";

export const dumplings: Food = ({ dice }) => {
  const ring = [0, 1, 2, 3, 4, 5].map((index) => polar((index * Math.PI) / 3 + 0.3, 56));
  return (
    <>
      <ellipse cx="5" cy="10" rx="122" ry="120" fill="#2a1608" opacity=".2" />
      <circle r="120" fill="#b98348" />
      <circle r="112" fill="none" stroke="#9a6a36" strokeWidth="4" />
      <circle r="100" fill="#d9ad73" />
      <path d="M-96 -20H96M-96 20H96M-80 -58H80M-80 58H80" stroke="#c2945a" strokeWidth="5" />
      <circle r="88" fill="#8fb06a" opacity=".35" />
      {[{ x: 0, y: 0 }, ...ring].map(({ x, y }) => (
        <g key={`${x},${y}`} transform={`translate(${x} ${y}) rotate(${n(dice.between(0, 360))})`}>
          <circle cx="2" cy="4" r="27" fill="#2a1608" opacity=".15" />
          <circle r="26" fill="#fdf3df" />
          <path
            d="M0 0C-4 -12 -14 -18 -20 -14M0 0C10 -8 20 -8 22 -2M0 0C8 10 8 20 2 23M0 0C-10 6 -18 12 -18 18M0 0C2 -12 8 -20 12 -20"
            stroke="#dcc49c"
            strokeWidth="4"
            strokeLinecap="round"
            fill="none"
          />
          <circle r="4.500" fill="#e07a3a" />
        </g>
      ))}
      <Steam y={-40} />
    </>
  );
};

export const lotus: Food = ({ dice }) => (
  <>
    <path
      d="M0 -128C40 -132 70 -112 92 -88C124 -60 128 -16 120 22C112 66 76 104 30 118C-16 130 -70 110 -98 74C-126 38 -132 -18 -104 -62C-80 -100 -40 -124 0 -128Z"
      fill="#2a1608"
      opacity=".18"
      transform="translate(5 10)"
    />
    <path
      d="M0 -128C40 -132 70 -112 92 -88C124 -60 128 -16 120 22C112 66 76 104 30 118C-16 130 -70 110 -98 74C-126 38 -132 -18 -104 -62C-80 -100 -40 -124 0 -128Z"
      fill="#6d9660"
    />
    <path
      d="M0 -6L4 -122M0 -6L104 -62M0 -6L112 40M0 -6L40 108M0 -6L-66 92M0 -6L-116 16M0 -6L-84 -84"
      stroke="#8fb583"
      strokeWidth="4"
      strokeLinecap="round"
    />
    <circle r="66" fill="#f3e6c8" />
    <path
      d={dice
        .scatter(60, 60, 9)
        .map(({ x, y }) => `M${n(x)} ${n(y)}l5 2`)
        .join("")}
      stroke="#dcc796"
      strokeWidth="4.500"
      strokeLinecap="round"
    />
    {dice.scatter(5, 46, 30).map(({ x, y, turn }) => (
      <g key={turn} transform={`translate(${n(x)} ${n(y)}) rotate(${n(turn)})`}>
        <ellipse rx="13" ry="9" fill="#8a5232" />
        <path d="M-7 -1h14" stroke="#c08a60" strokeWidth="2.500" />
      </g>
    ))}
    {dice.scatter(5, 50, 26).map(({ x, y, turn }, index) => (
      <circle key={turn} cx={n(x)} cy={n(y)} r="7.500" fill={["#b33c2e", "#e9b23f", "#5d7f3f"][index % 3]} />
    ))}
  </>
);

export const springRolls: Food = ({ dice, table }) => (
  <>
    <Plate r={118} table={table} dice={dice} />
    {[-54, -18, 18, 54].map((x) => (
      <g key={x} transform={`translate(${x} -4) rotate(${n(dice.between(-8, 8))})`}>
        <rect x="-15" y="-52" width="30" height="104" rx="15" fill="#f7efe0" />
        <path d="M-4 -40v78" stroke="#e98a5e" strokeWidth="9" strokeLinecap="round" opacity=".75" />
        <path d="M6 -36v72" stroke="#7fae52" strokeWidth="7" strokeLinecap="round" opacity=".75" />
        <rect x="-15" y="-52" width="30" height="104" rx="15" fill="#fff" opacity=".28" />
      </g>
    ))}
    <Leaf x={-82} y={-40} turn={-30} size={1.5} colour="#4d7f3f" />
    <Leaf x={-76} y={-20} turn={-70} size={1.3} />
    <Lemon x={82} y={-40} size={0.85} />
    <SideDish x={74} y={78} r={34} table={table}>
      <circle r="24" fill="#b5622f" />
      <Pinch dice={dice} count={7} radius={17} colour="#f6d9a0" />
    </SideDish>
  </>
);
