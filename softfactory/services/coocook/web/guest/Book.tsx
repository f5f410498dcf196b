export function Book() {
  return null;
}
