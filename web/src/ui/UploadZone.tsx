import "@mantine/dropzone/styles.layer.css";
import { Dropzone } from "@mantine/dropzone";
import type { ReactNode } from "react";
import classes from "./Upload.module.css";

interface UploadZoneProps {
  multiple: boolean;
  disabled: boolean;
  onFiles: (files: File[]) => void;
  children: ReactNode;
}

/** Where files are dropped, pasted or chosen. Which of them can be sent is told afterwards, in words. */
export default function UploadZone(props: UploadZoneProps) {
  return (
    <Dropzone
      className={classes.zone}
      multiple={props.multiple}
      disabled={props.disabled}
      // Every file is taken: a refusal of the zone's own would say nothing of why.
      onDrop={props.onFiles}
      // The button inside is the control: its click, by finger, mouse or key, arrives here.
      activateOnKeyboard={false}
      enablePointerEvents
      inputProps={{ accept: "image/*" }}
    >
      {props.children}
    </Dropzone>
  );
}
