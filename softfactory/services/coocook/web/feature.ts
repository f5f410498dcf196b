import { defineFeature } from "#web/app/feature";

/** The chef reads a booking at the desk, the guest on its own page. */
function toBooking({ says, subject }: { says: string; subject: string | null }) {
  if (says.startsWith("chef.")) return { path: "/chef/desk", search: { booking: subject ?? "" } };
  return { path: `/bookings/${subject}` };
}

const about = () => import("./parts/AboutBooking");

export const feature = defineFeature({
  name: "coocook",
  title: { ko: "쿠쿡", en: "CooCook" },
  summary: {
    ko: "우리 집으로 셰프를 모셔 보세요. 시간을 고르면 바로 잡아 둬요.",
    en: "A chef in your own kitchen. Pick a time, and we hold it for you.",
  },
  icon: "chefHat",
  tint: "persimmon",
  order: 10,
  home: "/chefs",
  screens: [
    { path: "/chefs", screen: "chefList", title: { ko: "셰프 찾기", en: "Find a chef" }, access: "anyone" },
    {
      path: "/chefs/$chefId",
      screen: "chefPage",
      title: { ko: "셰프", en: "Chef" },
      access: "anyone",
      preview: { api: "/api/coocook/chefs/$chefId", title: "name", text: "headline" },
    },
    {
      path: "/chefs/$chefId/book",
      screen: "book",
      title: { ko: "예약하기", en: "Book a chef" },
      access: "anyone",
    },
    {
      path: "/bookings",
      screen: "bookings",
      title: { ko: "내 예약", en: "My bookings" },
      access: "signed-in",
    },
    {
      path: "/bookings/$bookingId",
      screen: "bookingPage",
      title: { ko: "예약 상세", en: "Booking" },
      access: "signed-in",
    },
    // Whoever has no profile yet becomes a chef here.
    {
      path: "/chef/desk",
      screen: "desk",
      title: { ko: "셰프 데스크", en: "Chef’s desk" },
      lead: {
        ko: "예약 요청에 답하고, 일정과 메뉴, 프로필을 여기에서 관리해요. 요청은 답할 시간이 정해져 있으니 먼저 확인해 주세요.",
        en: "Answer requests and look after your calendar, menus and profile. Requests wait only so long, so they come first.",
      },
      access: "signed-in",
    },
    {
      path: "/admin/chefs",
      screen: "approvals",
      title: { ko: "셰프 승인", en: "Approve chefs" },
      access: ["admin"],
    },
    {
      path: "/admin/disputes",
      screen: "disputes",
      title: { ko: "분쟁 조정", en: "Disputes" },
      access: ["admin"],
    },
    {
      path: "/admin/disputes/$bookingId",
      screen: "dispute",
      title: { ko: "분쟁 조정", en: "Dispute" },
      access: ["admin"],
    },
    {
      path: "/admin/reviews",
      screen: "reviewQueue",
      title: { ko: "후기 관리", en: "Reviews" },
      access: ["admin"],
    },
  ],
  live: {
    "coocook.booking": {
      icon: "calendar",
      refresh: [
        ["coocook", "bookings"],
        ["coocook", "booking"],
        ["coocook", "slots"],
        ["coocook", "cancel"],
        ["coocook", "cancel-quote"],
      ],
      to: toBooking,
      about,
    },
    "coocook.review": {
      icon: "star",
      refresh: [
        ["coocook", "reviews"],
        ["coocook", "booking"],
        ["coocook", "chef"],
      ],
      to: toBooking,
      about,
    },
    "coocook.chef": { refresh: [["coocook", "own"]], to: () => ({ path: "/chef/desk" }) },
    "coocook.approval": {
      icon: "shield",
      refresh: [["coocook", "approvals"]],
      to: () => ({ path: "/admin/chefs" }),
    },
  },
  nav: [
    {
      path: "/chefs",
      label: { ko: "셰프 찾기", en: "Find a chef" },
      icon: "search",
      order: 10,
      key: "c",
      access: "anyone",
      onPhone: true,
    },
    {
      path: "/bookings",
      label: { ko: "내 예약", en: "Bookings" },
      icon: "calendar",
      order: 11,
      key: "b",
      access: "signed-in",
      onPhone: true,
    },
    {
      path: "/chef/desk",
      label: { ko: "셰프 데스크", en: "Chef’s desk" },
      icon: "chefHat",
      order: 12,
      key: "d",
      access: ["chef"],
      onPhone: true,
    },
    {
      path: "/admin/chefs",
      label: { ko: "셰프 승인", en: "Approve chefs" },
      icon: "shield",
      order: 13,
      key: "a",
      access: ["admin"],
      admin: "people",
      waiting: ["approvals"],
    },
    {
      path: "/admin/disputes",
      label: { ko: "분쟁 조정", en: "Disputes" },
      icon: "flag",
      order: 14,
      access: ["admin"],
      admin: "people",
      waiting: ["disputes"],
    },
    {
      path: "/admin/reviews",
      label: { ko: "후기 관리", en: "Reviews" },
      icon: "star",
      order: 15,
      access: ["admin"],
      admin: "people",
      waiting: ["reviews"],
    },
  ],
});
