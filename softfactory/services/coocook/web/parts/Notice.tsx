export { Notice } from "#web/ui/Notice";
