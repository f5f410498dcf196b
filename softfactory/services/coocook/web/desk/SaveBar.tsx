export { SaveBar } from "#web/ui/SaveBar";
