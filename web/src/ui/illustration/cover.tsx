import { Dice } from "#web/ui/illustration/dice";
import { FOODS, type FoodName, foodFor } from "#web/ui/illustration/dish";
import { Leaf } from "#web/ui/illustration/garnish";
import { TABLES, type TablePalette } from "#web/ui/illustration/palettes";
import { Surface } from "#web/ui/illustration/table";

interface Seat {
  x: number;
  y: number;
  size: number;
}

/** Where dishes stand, so that a table looks laid and not thrown. */
const LAYOUTS: readonly (readonly Seat[])[] = [
  [
    { x: 116, y: 112, size: 0.82 },
    { x: 296, y: 86, size: 0.62 },
    { x: 280, y: 226, size: 0.76 },
    { x: 92, y: 268, size: 0.56 },
  ],
  [
    { x: 200, y: 150, size: 0.9 },
    { x: 44, y: 62, size: 0.62 },
    { x: 362, y: 70, size: 0.6 },
    { x: 40, y: 246, size: 0.6 },
    { x: 360, y: 240, size: 0.64 },
  ],
  [
    { x: 92, y: 150, size: 0.74 },
    { x: 260, y: 96, size: 0.66 },
    { x: 268, y: 252, size: 0.62 },
    { x: 388, y: 176, size: 0.56 },
  ],
];

const SHARED: readonly FoodName[] = [
  "bibimbap",
  "stew",
  "pasta",
  "salad",
  "dumplings",
  "steak",
  "curry",
  "noodles",
  "dessertPlate",
  "springRolls",
  "pizza",
];

/** A whole table, for a menu or a page's head. */
export function Cover({ seed, hints }: { seed: string; hints: readonly string[] }) {
  const dice = new Dice(`cover:${seed}`);
  const table = dice.pick(TABLES);
  const seats = dice.pick(LAYOUTS);
  const foods = hints.length > 0 ? seats.map(() => foodFor(hints, dice)) : dice.shuffle(SHARED);
  return (
    <>
      <Surface dice={dice} table={table} />
      {seats.map(({ x, y, size }, index) => {
        const Drawing = FOODS[foods[index % foods.length] as FoodName];
        return (
          <g key={`${x},${y}`} transform={`translate(${x} ${y}) scale(${size}) rotate(${dice.int(-14, 14)})`}>
            {Drawing({ dice, table })}
          </g>
        );
      })}
      <Between dice={dice} table={table} />
    </>
  );
}

function Between({ dice, table }: { dice: Dice; table: TablePalette }) {
  return (
    <>
      <g transform="translate(206 22)">
        <circle cx="2" cy="5" r="21" fill="#2a1608" opacity=".16" />
        <circle r="20" fill={table.plate} opacity=".7" />
        <circle r="16" fill={dice.pick(["#8c2f45", "#f0d58a", "#cfe2e6"])} />
        <path d="M-10 -5a12 12 0 0 1 7 -7" stroke="#fff" strokeWidth="3" strokeLinecap="round" fill="none" />
      </g>
      <g transform="translate(188 276) rotate(24)">
        <path d="M0 34V-24" stroke="#5d7f45" strokeWidth="3.500" strokeLinecap="round" />
        {[-18, 0, 16].map((at) => (
          <g key={at}>
            <Leaf x={-10} y={at} turn={-55} size={0.9} />
            <Leaf x={10} y={at + 6} turn={55} size={0.9} colour="#6f9a55" />
          </g>
        ))}
      </g>
    </>
  );
}
