import { Anchor, type AnchorProps, Button, type ButtonProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import { type AnchorHTMLAttributes, forwardRef } from "react";

type Native<Own> = Own & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof Own>;

const AnchorBase = forwardRef<HTMLAnchorElement, Native<AnchorProps>>((props, ref) => (
  <Anchor ref={ref} {...props} />
));
AnchorBase.displayName = "AnchorBase";

const ButtonBase = forwardRef<HTMLAnchorElement, Native<ButtonProps>>((props, ref) => (
  <Button component="a" ref={ref} {...props} />
));
ButtonBase.displayName = "ButtonBase";

const PlainBase = forwardRef<HTMLAnchorElement, AnchorHTMLAttributes<HTMLAnchorElement>>((props, ref) => (
  <a ref={ref} {...props} />
));
PlainBase.displayName = "PlainBase";

/** A text link to a screen of this app. */
export const TextLink = createLink(AnchorBase);

/** A link that looks like a button: it goes somewhere. A real button does something. */
export const ButtonLink = createLink(ButtonBase);

/** A link without a look of its own, for whole cards. */
export const PlainLink = createLink(PlainBase);
