/** The colours of a kitchen. */
export interface Room {
  wall: string;
  tile: string;
  wood: string;
  cabinet: string;
  edge: string;
  metal: string;
  accent: string;
  sky: string;
}

export const ROOMS: readonly Room[] = [
  {
    wall: "#f3e4cf",
    tile: "#ead6ba",
    wood: "#b98352",
    cabinet: "#5f7f72",
    edge: "#4d6a5e",
    metal: "#8a8f92",
    accent: "#d9653b",
    sky: "#bfe0e6",
  },
  {
    wall: "#dfe6dc",
    tile: "#cedace",
    wood: "#c79a66",
    cabinet: "#f7f2e8",
    edge: "#ddd3c2",
    metal: "#6f787a",
    accent: "#e0a13f",
    sky: "#cfe7ee",
  },
  {
    wall: "#f2c9b3",
    tile: "#eab99f",
    wood: "#8f5f3d",
    cabinet: "#7a4436",
    edge: "#65372b",
    metal: "#d8c3a5",
    accent: "#4f7a6b",
    sky: "#f7e3c2",
  },
  {
    wall: "#34505c",
    tile: "#3f5d6a",
    wood: "#c98f58",
    cabinet: "#27404b",
    edge: "#1f343d",
    metal: "#d9c49a",
    accent: "#e9a15b",
    sky: "#1f2f47",
  },
  {
    wall: "#efe9df",
    tile: "#e2dacd",
    wood: "#a9774b",
    cabinet: "#31393c",
    edge: "#23292b",
    metal: "#b98a4a",
    accent: "#b5533c",
    sky: "#c9dfe9",
  },
  {
    wall: "#f4dc9c",
    tile: "#eed085",
    wood: "#b5793f",
    cabinet: "#fff8e8",
    edge: "#e5d5b0",
    metal: "#7d8688",
    accent: "#3f7568",
    sky: "#cdeaf0",
  },
  {
    wall: "#cfdbe3",
    tile: "#bfced8",
    wood: "#d2a673",
    cabinet: "#3f5f76",
    edge: "#34506a",
    metal: "#f0e6d2",
    accent: "#e07a4a",
    sky: "#e6f2f6",
  },
];
