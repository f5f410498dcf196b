export function Bookings() {
  return null;
}
