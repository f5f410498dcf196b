import type { Feature, Text } from "#web/app/feature";
import { features } from "#web/app/features";
import type { IconName } from "#web/ui/icons";
import type { Tint } from "#web/ui/theme";

export interface Business {
  name: string;
  title: Text;
  summary: Text;
  icon: IconName;
  tint: Tint;
  /** Its start, once it is open. */
  home?: string;
}

/** The six, as announced. A service that brings its own feature speaks for itself, and is open when it has a home. */
const ANNOUNCED: readonly Business[] = [
  {
    name: "coocook",
    title: { ko: "쿠쿡", en: "CooCook" },
    summary: {
      ko: "우리 집으로 오는 셰프를 찾고 예약해요.",
      en: "Find and book a chef who cooks at your home.",
    },
    icon: "chefHat",
    tint: "persimmon",
  },
  {
    name: "sns_auto",
    title: { ko: "SNS 자동화", en: "SNS Auto" },
    summary: {
      ko: "인스타그램, 틱톡, 블로그에 올릴 글을 캘린더 하나로 예약하고 발행해요.",
      en: "Plan and publish to Instagram, TikTok and blogs from one calendar.",
    },
    icon: "megaphone",
    tint: "cyan",
  },
  {
    name: "review",
    title: { ko: "리뷰 캠페인", en: "Review Campaigns" },
    summary: {
      ko: "브랜드와 인플루언서를 연결하고 리뷰와 보상을 관리해요.",
      en: "Bring brands and influencers together, track reviews and pay rewards.",
    },
    icon: "heart",
    tint: "grape",
  },
  {
    name: "ai_automation",
    title: { ko: "AI 자동화", en: "AI Automation" },
    summary: {
      ko: "AI 직원에게 일을 맡기고, 중요한 결정은 사람이 승인해요.",
      en: "Give work to AI employees. A person approves what matters.",
    },
    icon: "robot",
    tint: "violet",
  },
  {
    name: "webapp_builder",
    title: { ko: "웹앱 빌더", en: "WebApp Builder" },
    summary: {
      ko: "부트캠프에서 배우고, 만든 웹앱을 바로 배포해요.",
      en: "Learn in a bootcamp and publish the web app you build.",
    },
    icon: "code",
    tint: "teal",
  },
  {
    name: "experience",
    title: { ko: "체험단", en: "Experience" },
    summary: {
      ko: "여러 곳의 체험단 모집을 한자리에 모아 보여 드려요.",
      en: "Trial offers from many sites, gathered in one place.",
    },
    icon: "ticket",
    tint: "yellow",
  },
];

export function businesses(found: readonly Feature[] = features): Business[] {
  return ANNOUNCED.map((each) => found.find((feature) => feature.name === each.name) ?? each);
}
