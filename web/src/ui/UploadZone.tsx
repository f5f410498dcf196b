import "@mantine/dropzone/styles.layer.css";
import { Dropzone } from "@mantine/dropzone";
import type { ReactNode } from "react";
import classes from "./Upload.module.css";

interface UploadZoneProps {
  id: string;
  label: string;
  describedBy: string;
  multiple: boolean;
  disabled: boolean;
  onFiles: (files: File[]) => void;
  children: ReactNode;
}

/** Where files are dropped, pasted or chosen. Which of them can be sent is told afterwards, in words. */
export default function UploadZone(props: UploadZoneProps) {
  return (
    <Dropzone
      id={props.id}
      className={classes.zone}
      multiple={props.multiple}
      disabled={props.disabled}
      // Every file is taken: a refusal of the zone's own would say nothing of why.
      onDrop={props.onFiles}
      aria-label={props.label}
      aria-describedby={props.describedBy}
      role="button"
      inputProps={{ accept: "image/*", "aria-hidden": true, tabIndex: -1 }}
    >
      {props.children}
    </Dropzone>
  );
}
