import { Fragment } from "react";

const LINK = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/g;

/** A letter's text with its line breaks, its addresses of this platform as links. It is text: no markup of it is believed. */
export function Linked({ text }: { text: string }) {
  return text.split(LINK).map((part, index) => {
    if (index % 2 === 0) return <Fragment key={index}>{part}</Fragment>;
    const own = part.startsWith(`${window.location.origin}/`);
    return (
      <a key={index} href={part} {...(own ? {} : { target: "_blank", rel: "noreferrer noopener" })}>
        {part}
      </a>
    );
  });
}
