import { defineFeature } from "#web/app/feature";

/** An operator watches; only an admin acts, and each screen leaves out what the reader may not do. */
const WATCHERS = ["operator", "admin"] as const;

export const feature = defineFeature({
  name: "platform",
  title: { ko: "플랫폼", en: "Platform" },
  summary: { ko: "계정과 결제", en: "Accounts and payments" },
  icon: "wallet",
  tint: "gray",
  order: 0,
  screens: [
    {
      path: "/",
      screen: "landing",
      title: { ko: "여섯 개의 비즈니스, 하나의 계정", en: "Six businesses, one account" },
      access: "anyone",
    },
    { path: "/sign-in", screen: "signIn", title: { ko: "로그인", en: "Sign in" }, access: "anyone" },
    {
      path: "/sign-up",
      screen: "signUp",
      title: { ko: "회원가입", en: "Create an account" },
      access: "anyone",
    },
    {
      path: "/forgot",
      screen: "forgot",
      title: { ko: "비밀번호 찾기", en: "Forgotten password" },
      access: "anyone",
    },
    {
      path: "/reset",
      screen: "reset",
      title: { ko: "새 비밀번호 설정", en: "Set a new password" },
      access: "anyone",
    },
    { path: "/account", screen: "account", title: { ko: "내 계정", en: "Account" }, access: "signed-in" },
    { path: "/invitation", screen: "invitation", title: { ko: "초대", en: "Invitation" }, access: "anyone" },
    {
      path: "/admin/people",
      screen: "adminPeople",
      title: { ko: "사람들", en: "People" },
      access: ["admin"],
    },
    {
      path: "/admin/people/$personId",
      screen: "adminPerson",
      title: { ko: "사람", en: "Person" },
      access: ["admin"],
    },
    {
      path: "/admin/audit",
      screen: "adminAudit",
      title: { ko: "감사 기록", en: "Audit" },
      access: ["admin"],
    },
    { path: "/admin", screen: "adminHome", title: { ko: "관리", en: "Admin" }, access: WATCHERS },
  ],
  nav: [
    {
      path: "/admin",
      label: { ko: "관리", en: "Admin" },
      icon: "shield",
      order: 90,
      access: WATCHERS,
      onPhone: true,
    },
    {
      path: "/admin/people",
      label: { ko: "사람들", en: "People" },
      icon: "users",
      order: 10,
      access: ["admin"],
      admin: "people",
    },
    {
      path: "/admin/audit",
      label: { ko: "감사 기록", en: "Audit" },
      icon: "list",
      order: 20,
      access: ["admin"],
      admin: "people",
    },
  ],
});
