/** A laid table: its cloth or wood, its crockery, and one accent. */
export interface TablePalette {
  ground: string;
  line: string;
  plate: string;
  rim: string;
  bowl: string;
  accent: string;
  surface: readonly ("plain" | "stripes" | "gingham" | "planks" | "dots" | "tiles" | "weave")[];
}

const CLOTH = ["plain", "stripes", "gingham", "dots", "weave"] as const;
const WOOD = ["planks"] as const;
const STONE = ["plain", "tiles"] as const;

export const TABLES: readonly TablePalette[] = [
  {
    ground: "#efe3d0",
    line: "#e2d0b4",
    plate: "#fffaf2",
    rim: "#eadcc6",
    bowl: "#5f7c8a",
    accent: "#c8553d",
    surface: CLOTH,
  },
  {
    ground: "#c9d3bd",
    line: "#b7c5a7",
    plate: "#fffdf6",
    rim: "#e3e5d3",
    bowl: "#f3ead7",
    accent: "#d9a441",
    surface: CLOTH,
  },
  {
    ground: "#d98e67",
    line: "#cd7d54",
    plate: "#fff5e8",
    rim: "#f1dcc3",
    bowl: "#35524a",
    accent: "#f3d9a4",
    surface: CLOTH,
  },
  {
    ground: "#2f4858",
    line: "#3a5668",
    plate: "#f6f1e7",
    rim: "#d9d0bf",
    bowl: "#e9dcc3",
    accent: "#f2a65a",
    surface: CLOTH,
  },
  {
    ground: "#6d4a5e",
    line: "#7a566b",
    plate: "#f9efe3",
    rim: "#e2cfc0",
    bowl: "#f0dcc2",
    accent: "#e9b872",
    surface: CLOTH,
  },
  {
    ground: "#4a4f4c",
    line: "#565c58",
    plate: "#ece6db",
    rim: "#cfc7b8",
    bowl: "#2b2e2c",
    accent: "#d9795d",
    surface: STONE,
  },
  {
    ground: "#f3d78d",
    line: "#ebc871",
    plate: "#fffdf5",
    rim: "#f0e5c5",
    bowl: "#4f7a6b",
    accent: "#c65f3f",
    surface: CLOTH,
  },
  {
    ground: "#a9c8bb",
    line: "#97baab",
    plate: "#fefbf4",
    rim: "#dfe8dd",
    bowl: "#fdf6e8",
    accent: "#b5533c",
    surface: CLOTH,
  },
  {
    ground: "#f0c9b7",
    line: "#e8b8a2",
    plate: "#fffaf5",
    rim: "#f3ddd0",
    bowl: "#8a4f3d",
    accent: "#5d7a63",
    surface: CLOTH,
  },
  {
    ground: "#a37149",
    line: "#93633d",
    plate: "#f8f0e3",
    rim: "#e2d2ba",
    bowl: "#31393c",
    accent: "#e8d3ab",
    surface: WOOD,
  },
  {
    ground: "#d9b083",
    line: "#cca06f",
    plate: "#fffaf0",
    rim: "#eadbc3",
    bowl: "#4b6f7d",
    accent: "#54714f",
    surface: WOOD,
  },
  {
    ground: "#6f4a34",
    line: "#62402c",
    plate: "#f5ebdc",
    rim: "#d8c6ab",
    bowl: "#d6cbb8",
    accent: "#cf8a4c",
    surface: WOOD,
  },
  {
    ground: "#e9e6e0",
    line: "#d9d4cb",
    plate: "#ffffff",
    rim: "#e6e1d8",
    bowl: "#8fa39a",
    accent: "#c97b4a",
    surface: STONE,
  },
  {
    ground: "#bcd0dc",
    line: "#a9c1d0",
    plate: "#fffdf8",
    rim: "#dfe6ea",
    bowl: "#3f5f76",
    accent: "#e2a13f",
    surface: CLOTH,
  },
];

/** A portrait's background and jacket, chosen to stand together. */
export interface PortraitPalette {
  ground: string;
  halo: string;
  leaf: string;
  jacket: string;
  fold: string;
  trim: string;
}

export const PORTRAITS: readonly PortraitPalette[] = [
  {
    ground: "#f2c9a1",
    halo: "#f7dcbf",
    leaf: "#c98a56",
    jacket: "#fffaf2",
    fold: "#e6d9c6",
    trim: "#b3440f",
  },
  {
    ground: "#bfd2c2",
    halo: "#d6e3d6",
    leaf: "#7d9f85",
    jacket: "#fdfaf3",
    fold: "#dcdccb",
    trim: "#3f6650",
  },
  {
    ground: "#e8a98c",
    halo: "#f2c4ae",
    leaf: "#c27b5b",
    jacket: "#2f4350",
    fold: "#243540",
    trim: "#f4d9b8",
  },
  {
    ground: "#a9c3d4",
    halo: "#c6d8e3",
    leaf: "#6f95ad",
    jacket: "#fffdf9",
    fold: "#dde1e2",
    trim: "#2c5573",
  },
  {
    ground: "#f1d583",
    halo: "#f7e4ab",
    leaf: "#c9a23f",
    jacket: "#3d4a3f",
    fold: "#303b32",
    trim: "#f5e3b5",
  },
  {
    ground: "#d5bfd6",
    halo: "#e4d5e5",
    leaf: "#a585a7",
    jacket: "#fffaf6",
    fold: "#e5dae0",
    trim: "#7a4c78",
  },
  {
    ground: "#39525a",
    halo: "#4a6771",
    leaf: "#6d8f96",
    jacket: "#f8f1e4",
    fold: "#dccfb8",
    trim: "#e08a4b",
  },
  {
    ground: "#f3bcae",
    halo: "#f8d3c9",
    leaf: "#d18573",
    jacket: "#fffdfa",
    fold: "#eadbd5",
    trim: "#a63d40",
  },
  {
    ground: "#d8c3a5",
    halo: "#e6d7c0",
    leaf: "#a88e67",
    jacket: "#6b4f3f",
    fold: "#574033",
    trim: "#f0dfc4",
  },
  {
    ground: "#9fc7bd",
    halo: "#bcd9d1",
    leaf: "#5f9488",
    jacket: "#f9f6ee",
    fold: "#d9dacd",
    trim: "#c8553d",
  },
  {
    ground: "#5b4a5e",
    halo: "#6f5c72",
    leaf: "#93799a",
    jacket: "#f5ecdf",
    fold: "#d9cbb9",
    trim: "#d99a5b",
  },
  {
    ground: "#c8cfa0",
    halo: "#dbe0bd",
    leaf: "#8f9a58",
    jacket: "#fffcf4",
    fold: "#e2e0c9",
    trim: "#5e6b2f",
  },
];

export const SKINS = [
  { face: "#f8d9bf", shade: "#e9bd9c", blush: "#ee8f78" },
  { face: "#f4ceae", shade: "#e2b08a", blush: "#e8836a" },
  { face: "#efc29b", shade: "#d9a278", blush: "#dd7759" },
  { face: "#fbe3d0", shade: "#efc9ae", blush: "#f09a88" },
  { face: "#d9a176", shade: "#bf8357", blush: "#c9603f" },
  { face: "#9c6a48", shade: "#815335", blush: "#b0533a" },
] as const;

export const HAIRS = [
  "#1f1a1a",
  "#2b211d",
  "#3a2a22",
  "#1b1d24",
  "#5a3a26",
  "#8c8a88",
  "#d8d3cc",
  "#7a4a2a",
] as const;
