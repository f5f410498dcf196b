/** The last two letters of a Korean name are what people call each other by; elsewhere, initials. */
export function initials(name: string): string {
  if (/^[가-힣]{2,4}$/.test(name)) return name.slice(-2);
  const words = name.trim().split(/\s+/);
  return words
    .slice(0, 2)
    .map((word) => word[0] ?? "")
    .join("")
    .toUpperCase();
}
