export { Panel } from "#web/ui/Panel";
