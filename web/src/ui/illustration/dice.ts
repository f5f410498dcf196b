/** Chance that always falls the same way for the same seed, so that a picture is a function of its name. */
export class Dice {
  private state: number;

  constructor(seed: string) {
    // FNV-1a: short seeds that differ in one letter must not start alike.
    let hash = 2166136261;
    for (let index = 0; index < seed.length; index++) {
      hash = Math.imul(hash ^ seed.charCodeAt(index), 16777619);
    }
    this.state = hash >>> 0;
    for (let warmUp = 0; warmUp < 4; warmUp++) this.next();
  }

  /** 0 to 1 (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  int(low: number, high: number): number {
    return Math.floor(this.between(low, high + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.next() * from.length)] as T;
  }

  shuffle<T>(from: readonly T[]): T[] {
    const mixed = [...from];
    for (let index = mixed.length - 1; index > 0; index--) {
      const other = Math.floor(this.next() * (index + 1));
      [mixed[index], mixed[other]] = [mixed[other] as T, mixed[index] as T];
    }
    return mixed;
  }

  /** Points inside a circle that keep their distance, so that nothing clumps. */
  scatter(count: number, radius: number, distance: number): { x: number; y: number; turn: number }[] {
    const points: { x: number; y: number; turn: number }[] = [];
    for (let attempt = 0; attempt < count * 12 && points.length < count; attempt++) {
      const angle = this.between(0, Math.PI * 2);
      const reach = radius * Math.sqrt(this.next());
      const point = { x: reach * Math.cos(angle), y: reach * Math.sin(angle), turn: this.between(0, 360) };
      if (points.every((other) => Math.hypot(other.x - point.x, other.y - point.y) >= distance))
        points.push(point);
    }
    return points;
  }
}

/** A number as an SVG attribute, without a tail of digits. */
export const n = (value: number): number => Math.round(value * 10) / 10;

export const polar = (angle: number, radius: number): { x: number; y: number } => ({
  x: n(Math.cos(angle) * radius),
  y: n(Math.sin(angle) * radius),
});
