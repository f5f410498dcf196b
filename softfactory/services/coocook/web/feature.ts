import { defineFeature } from "#web/app/feature";

export const feature = defineFeature({
  name: "coocook",
  title: { ko: "쿠쿡", en: "CooCook" },
  summary: {
    ko: "셰프를 집으로 모시는 저녁. 시간을 고르면 바로 잡아 둡니다.",
    en: "A chef in your own kitchen. Pick a time and it is yours.",
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
      title: { ko: "셰프 데스크", en: "Chef's desk" },
      access: "signed-in",
    },
    {
      path: "/admin/chefs",
      screen: "approvals",
      title: { ko: "셰프 승인", en: "Approve chefs" },
      access: ["admin"],
    },
  ],
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
      label: { ko: "셰프 데스크", en: "Chef's desk" },
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
      onPhone: true,
    },
  ],
});
