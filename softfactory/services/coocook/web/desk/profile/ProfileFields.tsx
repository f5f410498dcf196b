import {
  Chip,
  Group,
  Input,
  MultiSelect,
  Radio,
  Select,
  Stack,
  Switch,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useTranslation } from "react-i18next";
import {
  CUISINES,
  type CuisineCode,
  type Policy,
  REGION_GROUPS,
  type Region,
  type SpokenLanguage,
} from "../../parts/codes";
import classes from "./Profile.module.css";
import { CHOICES_MOST, type ProfileDraft } from "./profileDraft";

const LANGUAGES: readonly SpokenLanguage[] = ["ko", "en", "ja", "zh", "fr", "es", "vi"];
const POLICIES: readonly Policy[] = ["flexible", "moderate", "strict"];

interface ProfileFieldsProps {
  draft: ProfileDraft;
  onChange: (part: Partial<ProfileDraft>) => void;
  error: (field: string) => string | undefined;
}

/** Everything that a profile says, for writing it first and for changing it. */
export function ProfileFields({ draft, onChange, error }: ProfileFieldsProps) {
  const { t } = useTranslation(["coocook/desk", "coocook"]);
  const words = (
    field: "name" | "name_en" | "headline" | "headline_en" | "city",
    label: string,
    most: number,
  ) => ({
    id: field,
    label,
    maxLength: most,
    value: draft[field],
    error: error(field),
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ [field]: event.currentTarget.value }),
  });
  return (
    <>
      <section className={classes.box} aria-labelledby="words">
        <h2 id="words">{t("profile.words")}</h2>
        <TextInput {...words("name", t("profile.name"), 60)} required />
        <TextInput
          {...words("headline", t("profile.headline"), 120)}
          required
          description={t("profile.headlineText")}
        />
        <Textarea
          id="bio"
          label={t("profile.bio")}
          description={t("profile.bioText")}
          autosize
          minRows={5}
          maxRows={16}
          maxLength={4000}
          value={draft.bio}
          error={error("bio")}
          onChange={(event) => onChange({ bio: event.currentTarget.value })}
        />
        <details className={classes.english} open={!!(draft.name_en || draft.headline_en || draft.bio_en)}>
          <summary>{t("profile.english")}</summary>
          <Stack gap="md" mt="sm" lang="en">
            <TextInput {...words("name_en", t("profile.nameEn"), 60)} />
            <TextInput {...words("headline_en", t("profile.headlineEn"), 120)} />
            <Textarea
              id="bio_en"
              label={t("profile.bioEn")}
              autosize
              minRows={4}
              maxRows={16}
              maxLength={4000}
              value={draft.bio_en}
              error={error("bio_en")}
              onChange={(event) => onChange({ bio_en: event.currentTarget.value })}
            />
          </Stack>
        </details>
      </section>
      <section className={classes.box} aria-labelledby="cooking">
        <h2 id="cooking">{t("profile.cooking")}</h2>
        <MultiSelect
          id="cuisines"
          required
          searchable
          hidePickedOptions
          label={t("profile.cuisines")}
          description={t("profile.cuisinesText")}
          maxValues={CHOICES_MOST}
          data={CUISINES.map((code) => ({ value: code, label: t(`coocook:cuisine.${code}`) }))}
          value={draft.cuisines}
          error={error("cuisines")}
          onChange={(cuisines) => onChange({ cuisines: cuisines as CuisineCode[] })}
        />
        <div className={classes.pair}>
          <Select
            id="region"
            required
            searchable
            allowDeselect={false}
            label={t("profile.region")}
            data={REGION_GROUPS.map((group) => ({
              group: t(`coocook:regionGroup.${group.key}`),
              items: group.regions.map((code) => ({ value: code, label: t(`coocook:region.${code}`) })),
            }))}
            value={draft.region}
            error={error("region")}
            onChange={(region) => onChange({ region: region as Region | null })}
          />
          <TextInput {...words("city", t("profile.city"), 60)} />
        </div>
        <Input.Wrapper
          label={t("profile.languages")}
          labelElement="div"
          error={error("languages")}
          id="languages"
        >
          <Chip.Group
            multiple
            value={draft.languages}
            onChange={(languages) => onChange({ languages: languages as SpokenLanguage[] })}
          >
            <Group gap={8} role="group" aria-label={t("profile.languages")}>
              {LANGUAGES.map((code) => (
                <Chip key={code} value={code} size="md" className={classes.chip}>
                  {t(`coocook:spoken.${code}`)}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </Input.Wrapper>
      </section>
      <section className={classes.box} aria-labelledby="terms">
        <h2 id="terms">{t("profile.terms")}</h2>
        <Switch
          id="instant"
          size="md"
          label={t("profile.instant")}
          description={t("profile.instantText")}
          checked={draft.instant}
          onChange={(event) => onChange({ instant: event.currentTarget.checked })}
        />
        <Radio.Group
          label={t("profile.policy")}
          value={draft.policy}
          error={error("policy")}
          onChange={(policy) => onChange({ policy: policy as Policy })}
        >
          <Stack gap="xs" mt="xs">
            {POLICIES.map((code) => (
              <Radio
                key={code}
                value={code}
                size="md"
                className={classes.policy}
                label={t(`profile.policies.${code}.name`)}
                description={t(`profile.policies.${code}.text`)}
              />
            ))}
          </Stack>
        </Radio.Group>
      </section>
    </>
  );
}
