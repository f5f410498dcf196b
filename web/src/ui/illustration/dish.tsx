import { Dice } from "#web/ui/illustration/dice";
import {
  bibimbap,
  type Food,
  fish,
  noodles,
  pasta,
  pizza,
  seafood,
  stew,
  sushi,
} from "#web/ui/illustration/foods";
import { Berry, Leaf, Scallion } from "#web/ui/illustration/garnish";
import { banchan, curry, grill, salad, steak, tacos } from "#web/ui/illustration/mains";
import { TABLES, type TablePalette } from "#web/ui/illustration/palettes";
import { dumplings, lotus, springRolls } from "#web/ui/illustration/parcels";
import { cake, dessertPlate } from "#web/ui/illustration/sweets";
import { Cutlery, Napkin, SideDish, Surface } from "#web/ui/illustration/table";

export const FOODS = {
  bibimbap,
  noodles,
  stew,
  fish,
  pasta,
  pizza,
  sushi,
  seafood,
  steak,
  tacos,
  curry,
  salad,
  cake,
  dessertPlate,
  dumplings,
  grill,
  lotus,
  banchan,
  springRolls,
} satisfies Record<string, Food>;

export type FoodName = keyof typeof FOODS;

const BY_CUISINE: Record<string, readonly FoodName[]> = {
  korean: ["bibimbap", "stew", "banchan", "noodles", "grill", "fish"],
  japanese: ["sushi", "noodles", "fish", "sushi"],
  chinese: ["dumplings", "noodles", "fish", "dumplings"],
  italian: ["pasta", "pizza", "pasta", "salad"],
  french: ["steak", "fish", "cake", "salad"],
  spanish: ["seafood", "salad", "seafood", "steak"],
  thai: ["curry", "noodles", "springRolls"],
  vietnamese: ["springRolls", "noodles", "salad"],
  indian: ["curry"],
  mexican: ["tacos", "salad", "tacos"],
  american: ["steak", "grill", "pizza"],
  fusion: ["tacos", "bibimbap", "pasta", "springRolls", "steak"],
  vegan: ["salad", "curry", "bibimbap", "lotus"],
  dessert: ["cake", "dessertPlate"],
  bbq: ["grill", "steak"],
  seafood: ["seafood", "fish", "sushi"],
  royal_court: ["banchan", "bibimbap", "lotus"],
  temple: ["lotus", "banchan", "salad"],
};

/** Words of a dish's own name, in both languages, which say more than its cuisine. */
const BY_WORD: readonly [RegExp, FoodName][] = [
  [/비빔밥|bibimbap|덮밥/i, "bibimbap"],
  [/찌개|전골|탕|국(?!수)|stew|soup|hot ?pot/i, "stew"],
  [/국수|냉면|라멘|우동|면(?:$|\s)|ramen|noodle|pho|udon/i, "noodles"],
  [/파스타|스파게티|리조또|라자냐|pasta|spaghetti|risotto|linguine|vongole/i, "pasta"],
  [/피자|pizza/i, "pizza"],
  [/초밥|스시|사시미|오마카세|sushi|sashimi|omakase/i, "sushi"],
  [/파에야|빠에야|새우|해물|paella|shrimp|prawn|seafood/i, "seafood"],
  [/생선|도미|고등어|연어|갈치|농어|fish|salmon|bream|bass|mackerel/i, "fish"],
  [/스테이크|안심|등심|양갈비|오리|steak|tenderloin|lamb|duck|beef/i, "steak"],
  [/갈비|불고기|삼겹|바비큐|구이|bbq|barbecue|grill|ribs/i, "grill"],
  [/타코|부리토|taco|burrito/i, "tacos"],
  [/커리|카레|curry|masala/i, "curry"],
  [/샐러드|나물|salad|greens/i, "salad"],
  [/케이크|타르트|cake|tart/i, "cake"],
  [/디저트|마카롱|푸딩|아이스크림|dessert|macaron|pudding|panna/i, "dessertPlate"],
  [/만두|딤섬|dumpling|dim ?sum/i, "dumplings"],
  [/연잎|사찰|lotus|temple/i, "lotus"],
  [/한상|반찬|구절판|수라|정식|banchan|royal/i, "banchan"],
  [/월남쌈|스프링롤|짜조|spring roll|summer roll/i, "springRolls"],
];

/** Which dish to draw: what its words say, else what its cuisine cooks, else anything. */
export function foodFor(hints: readonly string[], dice: Dice): FoodName {
  for (const hint of hints) {
    if (hint in FOODS) return hint as FoodName;
    if (hint in BY_CUISINE) continue;
    const named = BY_WORD.find(([words]) => words.test(hint));
    if (named) return named[1];
  }
  const cuisines = hints.filter((hint) => hint in BY_CUISINE);
  const from = cuisines.length > 0 ? BY_CUISINE[dice.pick(cuisines)] : undefined;
  return dice.pick(from ?? (Object.keys(FOODS) as FoodName[]));
}

const EASTERN: readonly FoodName[] = ["bibimbap", "stew", "banchan", "lotus", "grill"];
const CHOPSTICKS: readonly FoodName[] = ["noodles", "sushi", "dumplings", "springRolls"];
const ALONE: readonly FoodName[] = ["grill", "banchan", "fish", "pizza", "sushi", "seafood"];

function cutleryFor(food: FoodName): "korean" | "chopsticks" | "western" | "none" {
  if (food === "banchan" || food === "fish" || food === "pizza" || food === "seafood" || food === "sushi")
    return "none";
  if (EASTERN.includes(food)) return food === "grill" ? "none" : "korean";
  return CHOPSTICKS.includes(food) ? "chopsticks" : "western";
}

/** One dish on a laid table, from above. */
export function Dish({ seed, hints }: { seed: string; hints: readonly string[] }) {
  const dice = new Dice(`dish:${seed}`);
  const table = dice.pick(TABLES);
  const food = foodFor(hints, dice);
  const Drawing = FOODS[food];
  const roomy = !ALONE.includes(food);
  return (
    <>
      <Surface dice={dice} table={table} />
      {roomy && dice.chance(0.55) ? (
        <Napkin
          x={dice.pick([58, 340])}
          y={dice.int(120, 190)}
          turn={dice.int(-18, 18)}
          colour={table.accent}
        />
      ) : null}
      <g transform="translate(200 152)">
        <Cutlery style={cutleryFor(food)} table={table} reach={126} />
        <g transform={`rotate(${food === "tacos" || food === "grill" ? 0 : dice.int(-6, 6)})`}>
          {Drawing({ dice, table })}
        </g>
      </g>
      {roomy ? <Corner dice={dice} table={table} /> : null}
    </>
  );
}

/** Something small in a corner: a sauce, a glass, herbs. */
function Corner({ dice, table }: { dice: Dice; table: TablePalette }) {
  const [x, y] = dice.pick([
    [44, 46],
    [356, 50],
    [42, 262],
    [360, 258],
  ] as const);
  switch (dice.pick(["sauce", "glass", "herbs", "berries", "none"] as const)) {
    case "sauce":
      return (
        <SideDish x={x} y={y} r={32} table={table}>
          <circle r="23" fill={dice.pick(["#6b2f1c", "#a8341f", "#c98a2f", "#7d9a45"])} />
          <Scallion x={-4} y={3} />
        </SideDish>
      );
    case "glass":
      return (
        <g transform={`translate(${x} ${y})`}>
          <circle cx="3" cy="6" r="31" fill="#2a1608" opacity=".16" />
          <circle r="30" fill="#fff" opacity=".45" />
          <circle r="25" fill={dice.pick(["#8c2f45", "#f0d58a", "#cfe2e6", "#e8b98f"])} opacity=".9" />
          <path
            d="M-16 -8a18 18 0 0 1 10 -10"
            stroke="#fff"
            strokeWidth="4"
            strokeLinecap="round"
            fill="none"
          />
        </g>
      );
    case "herbs":
      return (
        <g transform={`translate(${x} ${y}) rotate(${dice.int(0, 360)})`}>
          <path d="M0 40V-34" stroke="#5d7f45" strokeWidth="4" strokeLinecap="round" />
          {[-24, -4, 16].map((at) => (
            <g key={at}>
              <Leaf x={-11} y={at} turn={-55} />
              <Leaf x={11} y={at + 8} turn={55} colour="#6f9a55" />
            </g>
          ))}
          <Leaf y={-42} />
        </g>
      );
    case "berries":
      return (
        <g transform={`translate(${x} ${y})`}>
          {dice.scatter(5, 26, 17).map((at) => (
            <Berry key={at.turn} x={at.x} y={at.y} colour={dice.pick(["#b8324a", "#e2893a", "#7a9a45"])} />
          ))}
        </g>
      );
    default:
      return null;
  }
}
